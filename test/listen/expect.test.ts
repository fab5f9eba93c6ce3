import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { post } from '../support/listener.ts';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);

/** Runs `listen --json` with those flags, posts those events one after another, and gives what it came to. */
async function listenTo(events: readonly string[], flags: readonly string[]) {
  const run = startCli(['listen', '--port', '0', '--json', ...flags]);
  const [, url = ''] = await run.stdout.until(/"url":"([^"]+)"/);
  for (const event of events) await post(url, event).catch(() => undefined);
  const code = await run.exitCode;
  return { code, summary: run.stdout.jsonLines.at(-1), stderr: run.stderr.text };
}

const events = (...statuses: string[]): string[] => statuses.map((status) => minimalEvent(A, status));

describe('listen as an assertion', () => {
  it.each([
    ['--until read', events('sent', 'read'), ['--until', 'read'], 0],
    ['--until read,failed', events('read', 'failed'), ['--until', 'read,failed'], 0],
    ['--until of another message', events('read'), ['--until', 'read', '--uuid', B, '--timeout', '1s'], 1],
    [
      '--until of this message',
      [minimalEvent(B, 'sent'), minimalEvent(B, 'read')],
      ['--until', 'read', '--uuid', 'bbbb'],
      0,
    ],
    ['--max-events', events('sent', 'sent'), ['--max-events', '2'], 0],
    ['--max-events that did not come', events('sent'), ['--max-events', '2', '--timeout', '300ms'], 1],
    ['--until within --max-events', events('sent', 'delivered'), ['--until', 'read', '--max-events', '2'], 1],
    ['--expect in order', events('sent', 'delivered', 'read'), ['--expect', 'sent,delivered,read'], 0],
    ['--expect past duplicates', events('sent', 'sent', 'mismatch', 'read'), ['--expect', 'sent,read'], 0],
    ['--expect out of order', events('read', 'sent'), ['--expect', 'sent,read', '--timeout', '300ms'], 1],
    [
      '--expect of two messages',
      [minimalEvent(A, 'sent'), minimalEvent(B, 'sent'), minimalEvent(A, 'read')],
      ['--expect', 'sent,read', '--max-events', '3'],
      1,
    ],
    ['--fail-on-invalid', events('seen'), ['--fail-on-invalid'], 1],
    ['--fail-on-invalid with nothing wrong', events('read'), ['--fail-on-invalid', '--timeout', '300ms'], 0],
    ['--timeout with nothing expected', [], ['--timeout', '1ms'], 0],
    ['--expect with nothing at all', [], ['--expect', 'sent', '--timeout', '1ms'], 1],
  ] as const)('%s: case %#', async (_name, posted, flags, code) => {
    const result = await listenTo(posted, flags);
    expect(result.code).toBe(code);
    if (code === 1) expect(result.stderr).toMatch(/^not met: /m);
  });

  it('says what was missing, for people and for programs', async () => {
    const { summary, stderr } = await listenTo(events('sent'), [
      '--expect',
      'sent,read',
      '--timeout',
      '300ms',
    ]);
    expect(summary).toMatchObject({ expectation: { met: false, missing: [expect.stringContaining(A)] } });
    expect(stderr).toContain('no read after sent');
  });

  it('says what came instead, that it implies what was awaited, and why it ended', async () => {
    const { stderr } = await listenTo(events('sent', 'read'), ['--until', 'delivered', '--timeout', '300ms']);
    expect(stderr).toContain(
      'not met: no "delivered" came, but sent, read; a message that is read was delivered\n',
    );
    expect(stderr).toContain('it ended because the 300 ms of --timeout were over\n');
  });

  it('ends by Ctrl+C with 0 when nothing is expected, and with 130 or 143 when something still is', async () => {
    const codeOf = async (flags: readonly string[], signal: 'SIGINT' | 'SIGTERM'): Promise<number> => {
      const { stdout, interrupt, exitCode } = startCli(['listen', '--port', '0', '--json', ...flags]);
      await stdout.until(/"ready"/);
      interrupt(signal);
      return exitCode;
    };
    expect(await codeOf([], 'SIGINT')).toBe(0);
    expect(await codeOf(['--until', 'read'], 'SIGINT')).toBe(130);
    expect(await codeOf(['--until', 'read'], 'SIGTERM')).toBe(143);
  });
});

describe('listen --exec', () => {
  const node = (program: string): string => `"${process.execPath}" -e "${program}"`;
  const POST_READ = `fetch(process.env.CALLBELL_STATUS_URL,{method:'POST',body:JSON.stringify({event:'message_status_updated',payload:{uuid:'${A}',status:'read'}})})`;
  const variables = { PATH: process.env.PATH ?? '' };
  const run = (...flags: string[]) => runCli(['listen', '--port', '0', '--json', ...flags], { variables });

  it('ends with the command, and with 0 when it and what is expected went well', async () => {
    const { code, jsonLines } = await run('--until', 'read', '--exec', node(POST_READ));
    expect(code).toBe(0);
    expect(jsonLines.at(-1)).toMatchObject({ type: 'summary', events: 1, expectation: { met: true } });
  });

  it('ends with 1 when the command fails', async () => {
    const { code, stderr } = await run('--exec', 'echo to stdout; exit 7');
    expect(code).toBe(1);
    expect(stderr).toContain('ended with 7');
    expect(stderr).toContain('to stdout');
  });

  it('begins a line of its own after output that does not end one', async () => {
    const { stderr } = await run('--exec', 'printf unfinished; exit 7');
    expect(stderr).toMatch(/^unfinished\nnot met: /m);
  });

  it('ends with 1 when the command went well but what is expected did not come', async () => {
    expect((await run('--until', 'read', '--exec', node('0'))).code).toBe(1);
  });

  it('ends the command, and what it started, when its time is over', async () => {
    const { code } = await run('--exec', `${node('setInterval(()=>{},1000)')}; true`, '--timeout', '300ms');
    expect(code).toBe(0);
  });
});
