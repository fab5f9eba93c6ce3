import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { type CliResult, runCli } from '../support/cli.ts';
import { temporaryFile, temporaryFolder } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

const EVENT = exampleEvent('read');
const LINE = JSON.stringify(EVENT);
const BAD = LINE.replace('"status":"read"', '"status":"raed"');
const INDENTED = JSON.stringify(EVENT, null, 2);
const PAYLOAD = JSON.stringify((EVENT as { payload: object }).payload);

const check = (stdin: string | Buffer, ...flags: string[]): Promise<CliResult> =>
  runCli(['validate', '-', '--json', '--ignore', 'unwrapped,repeated-status', ...flags], { stdin });

const T = '2026-01-31T14:03:00.123Z';

describe('a log', () => {
  it.each<[string, string, number, number]>([
    ['times and levels', `${T} INFO up\n${T} INFO got ${LINE}\n${T} DEBUG ctx {"pid":3}\n`, 1, 2],
    ['text behind the event', `${T} got ${LINE} in 3 ms\n`, 1, 0],
    ['several events on a line', `${T} got ${LINE} and ${LINE}\n`, 2, 0],
    ['other JSON on the same line', `${T} ctx={"pid":3} body=${LINE}\n`, 1, 0],
    ['braces that open nothing', `${T} {{{ } { body=${LINE}\n`, 1, 0],
    ['the event as a text in quotes', `time=${T} level=info body=${JSON.stringify(LINE)}\n`, 1, 0],
    ['the payload alone', `${T} payload: ${PAYLOAD}\n`, 1, 0],
    ['an indented event', `${T} got ${INDENTED}\n${T} done {\n`, 1, 1],
    ['an indented event on lines of its own', `listening on 3000\n${INDENTED}\nbye bye\n`, 1, 2],
    [
      'times in brackets',
      `[2026-01-31 14:03:00] app.INFO: got ${LINE}\n[2026-01-31 14:03:01] app.INFO: x\n`,
      1,
      1,
    ],
    ['levels in brackets', `[INFO] up\n[INFO][main] got ${LINE}\n`, 1, 1],
    ['the number of a process in brackets', `[0] up\n[0] ${LINE}\n`, 1, 1],
    ['times of a day', `14:03:00,123 got ${LINE}\n`, 1, 0],
    ['syslog', `<13>Jan 31 14:03:00 host app: ${LINE}\nJan 31 14:03:00 host app: x\n`, 1, 1],
    ['containers', `web-1  | up\nweb-1  | ${LINE}\n`, 1, 1],
    ['what npm writes first', `\n> app@1.0.0 start\n> node .\n\nListening on 3000\n${LINE}\n`, 1, 3],
    ['CRLF and blank lines', `${T} up\r\n\r\n${T} ${LINE}\r\n`, 1, 1],
    ['no line feed at its end', `${T} up\n${T} ${LINE}`, 1, 1],
    ['entries of pino', `{"level":30,"time":1,"msg":"up"}\n{"level":30,"time":1,"body":${LINE}}\n`, 1, 1],
    [
      'entries of Docker',
      `{"log":"up\\n","stream":"stdout","time":"${T}"}\n{"log":${JSON.stringify(LINE)},"time":"${T}"}\n`,
      1,
      1,
    ],
  ])(
    'with %s: its events are checked, its other lines are counted',
    async (_name, stdin, events, logLines) => {
      const { code, jsonLines } = await check(stdin);
      expect([jsonLines, code]).toMatchObject([[{ type: 'summary', events, logLines, unrecognised: 0 }], 0]);
    },
  );

  it.each<[string, string, string, number, number]>([
    [
      'a wrong event',
      `${T} up\n${T} got ${BAD}\n`,
      'unknown-status',
      2,
      `${T} got `.length + BAD.indexOf('"raed"') + 1,
    ],
    [
      'an event that is cut off',
      `${T} got ${LINE}\n${T} got ${LINE.slice(0, 80)}\n`,
      'not-json',
      2,
      `${T} got `.length + 81,
    ],
    [
      'an event of Python',
      `${T} up\n${T} got {'event': 'x', 'payload': None}\n`,
      'not-json',
      2,
      `${T} got `.length + 2,
    ],
    [
      'a wrong event in quotes',
      `time=${T} body=${JSON.stringify(BAD)}\n`,
      'unknown-status',
      1,
      `time=${T} body=`.length + JSON.stringify(BAD).indexOf('\\"raed') + 1,
    ],
    ['a wrong indented event', `${T} got ${INDENTED.replace('"read"', '"raed"')}\n`, 'unknown-status', 5, 15],
  ])('with %s has an error at its place', async (_name, stdin, problem, line, column) => {
    const { code, jsonLines } = await check(stdin);
    expect([jsonLines[0], code]).toMatchObject([{ type: 'problem', code: problem, line, column }, 1]);
  });

  it.each([
    ['lines with a time', `${T} up\n${T} ctx {"pid":3}\n`],
    ['entries', '{"level":30,"time":1,"msg":"up"}\n'],
  ])('without an event is no capture: %s', async (_name, stdin) => {
    const { code, jsonLines } = await check(stdin);
    expect([jsonLines[0]?.code, jsonLines.at(-1)?.events, code]).toEqual(['no-event', 0, 1]);
  });

  it('shows the line with what stands before the event', async () => {
    const { stdout } = await runCli(['validate', '-'], { stdin: `${T} got ${BAD}\n`, columns: 400 });
    expect(stdout).toContain(` 1 | ${T} got {"event"`);
  });

  it('is read zipped, and however long it is', async () => {
    const stdin = gzipSync(`${`${T} nothing of interest\n`.repeat(400_000)}${T} got ${LINE}\n`);
    const { jsonLines } = await check(stdin);
    expect(jsonLines).toMatchObject([{ events: 1, logLines: 400_000, errors: 0 }]);
  });

  it('is replayed event by event, with the bytes of the line', async () => {
    const receiver = await startReceiver();
    const file = temporaryFile(`${T} up\n${T} got ${LINE} in 3 ms\n${T} ctx {"pid":3}\n`, 'app.log');
    const { code, jsonLines } = await runCli(['replay', file, '--to', receiver.url, '--json']);
    expect([jsonLines.at(-1), code]).toMatchObject([{ total: 1, accepted: 1 }, 0]);
    expect(receiver.requests.map(({ body }) => String(body))).toEqual([LINE]);
  });

  it('is no capture among the files of a folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/app.log`, '[INFO] up\n');
    writeFileSync(`${folder}/a.json`, LINE);
    expect((await runCli(['validate', folder, '--json'])).jsonLines).toMatchObject([{ files: 1, events: 1 }]);
  });
});

describe('lines of which each ought to be an event', () => {
  it.each<[string, string, string[]]>([
    ['other JSON', `${LINE}\n{"a":1}\n${LINE}\n`, ['not-an-event']],
    ['text', `${LINE}\nup\n${LINE}\n`, ['not-json']],
    ['a value before them', `undefined\n${LINE}\n`, ['not-json']],
    ['a damaged event before them', `{"event":\n${LINE}\n`, ['not-json']],
    ['the end of an event before them', `"status":"read"}}\n${LINE}\n`, ['not-json']],
    ['text before one of them', `${LINE}\nINFO ${LINE}\n`, ['not-json']],
  ])('keep their errors: %s', async (_name, stdin, codes) => {
    const { code, jsonLines } = await check(stdin);
    expect([jsonLines.slice(0, -1).map((each) => each.code), code]).toEqual([codes, 1]);
  });
});
