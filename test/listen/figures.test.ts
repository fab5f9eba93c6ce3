import { describe, expect, it } from 'vitest';
import { type RunningCli, startCli, type World } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { post } from '../support/listener.ts';
import { connectRaw } from '../support/raw-http.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

const A = 'a'.repeat(32);

/** Runs `listen`, does something with it, ends it by Ctrl+C. */
async function figuresAfter(
  flags: readonly string[],
  use: (url: string, run: RunningCli) => Promise<unknown>,
  world: World = {},
) {
  const run = startCli(['listen', '--port', '0', ...flags], world);
  const output = flags.includes('--json') ? run.stdout : run.stderr;
  const [, url = ''] = await output.until(/(http:\/\/127\.0\.0\.1:\d+)/);
  await use(url, run);
  run.interrupt();
  expect(await run.exitCode).toBe(0);
  return run.stdout;
}

describe('the figures at the end', () => {
  it('say what each of several targets made of the events, and the line whose answer it shows', async () => {
    const first = await startReceiver();
    const second = await startReceiver((response) => response.writeHead(500).end('{"error":"boom"}'));
    const third = await freePort();
    const flags = ['-f', first.url, '-f', `${second.port}/hook`, '-f', String(third)];
    const send = (url: string) => post(url, minimalEvent(A, 'read'));
    const { text } = await figuresAfter(flags, send, { columns: 200 });
    expect(text).toContain(`└ → http://localhost:${second.port}/hook 500: {"error":"boom"}\n`);
    expect(text).toContain(`└ → http://localhost:${third}/: nothing listens`);
    expect(text).toContain(
      `forwarded to ${first.url}/…: 1 accepted · http://localhost:${second.port}/hook: 0 accepted, 1 refused · `,
    );
    const json = await figuresAfter([...flags, '--json'], send);
    expect(json.jsonLines.at(-1)).toMatchObject({
      notForwarded: 1,
      targets: [
        { accepted: 1, refused: 0, unreachable: 0 },
        { url: `http://localhost:${second.port}/hook`, accepted: 0, refused: 1, unreachable: 0 },
        { accepted: 0, refused: 0, unreachable: 1 },
      ],
    });
  });

  it('say nothing of one target that took everything', async () => {
    const target = await startReceiver();
    const { text } = await figuresAfter(['-f', target.url], (url) => post(url, minimalEvent(A, 'read')));
    expect(text).not.toContain('forwarded to');
  });

  it('count what was answered without being an arrival', async () => {
    const provoke = async (url: string, run: RunningCli) => {
      const port = Number(new URL(url).port);
      for (const bytes of [
        'nonsense\r\n\r\n',
        `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
        'nonsense\r\n\r\n',
      ]) {
        const connection = connectRaw(port);
        connection.send(bytes);
        await connection.closed();
      }
      await run.stderr.until(/answered 414/);
    };
    const { text } = await figuresAfter([], provoke);
    expect(text).toMatch(/^answered without being an arrival.*: 2 × 400, 1 × 414$/m);
    const { jsonLines } = await figuresAfter(['--json'], provoke);
    expect(jsonLines.at(-1)).toMatchObject({ arrivals: 0, badRequests: { 400: 2, 414: 1 } });
  });

  it('count what the filters kept from being shown', async () => {
    const send = async (url: string) => {
      for (const body of [minimalEvent(A, 'read'), minimalEvent(A, 'sent'), 'ping']) await post(url, body);
    };
    const { text } = await figuresAfter(['--status', 'read'], send);
    expect(text).toMatch(/^2 arrivals not shown, left out by/m);
    const { jsonLines } = await figuresAfter(['--status', 'read', '--json'], send);
    expect(jsonLines.filter(({ type }) => type === 'arrival')).toHaveLength(1);
    expect(jsonLines.at(-1)).toMatchObject({ arrivals: 3, hidden: 2 });
  });
});

describe('the timeline', () => {
  it('tells below its rows what came and has none', async () => {
    const run = startCli(['listen', '--port', '0', '--show', 'timeline', '--no-color', '--max-body', '1kb'], {
      terminal: true,
    });
    const [, url = ''] = await run.stderr.until(/(http:\/\/127\.0\.0\.1:\d+)/);
    const other = JSON.stringify({ event: 'message_created', payload: {} });
    const bodies = [minimalEvent(A, 'sent'), minimalEvent(A, 'seen'), '{', 'ping', other, 'x'.repeat(2000)];
    for (const body of bodies) await post(url, body);
    await run.stdout.until(/sent.*\nbesides: 2 invalid, 1 refused, 1 other event, 1 connection check/);
  });
});
