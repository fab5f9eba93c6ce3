import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { type CliResult, runCli } from '../support/cli.ts';

const LINE = JSON.stringify(exampleEvent('read'));
const base64 = Buffer.from(LINE).toString('base64');

const check = (stdin: string | Buffer): Promise<CliResult> => runCli(['validate', '-', '--json'], { stdin });

describe('what people save instead of JSON', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['a page', '<!DOCTYPE html>\n<html><body>Callbell</body></html>', /HTML/],
    ['a page without its head', '<html lang="en">', /HTML/],
    ['XML', '<?xml version="1.0"?>\n<event/>', /XML/],
    ['a form', 'event=message_status_updated&payload=%7B%7D', /form/],
    ['a ZIP archive', Buffer.from('504b030414000000', 'hex'), /ZIP/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /picture/],
    ['a PDF', '%PDF-1.7\n', /PDF/],
    ['bzip2', 'BZh91AY&SY', /compressed/],
    ['YAML', 'event: message_status_updated\npayload:\n  uuid: adf3\n', /YAML/],
    ['YAML of several documents', '---\nevent: message_status_updated\n', /YAML/],
    ['a table', 'uuid,status,time\nadf3,read,2026-01-31\n', /CSV/],
    ['base64', base64, /base64/],
    ['base64 in lines', base64.replace(/.{76}/g, '$&\n'), /base64/],
    ['base64 of gzip', gzipSync(LINE).toString('base64'), /base64/],
    ['a curl command', `curl -X POST localhost:3000 -d '${LINE}'`, /curl/],
    ['an HTTP message', 'POST /hook HTTP/1.1\r\nHost: a\r\n\r\n', /HTTP message/],
    ['an HTTP answer', 'HTTP/1.1 200 OK\r\n', /HTTP message/],
    ['a JavaScript object', '{ event: "message_status_updated", payload: {} }', /JavaScript/],
    ['JavaScript', 'const event = { a: 1 };', /program/],
    ['a Python dictionary', "{'event': 'x', 'contact': None}", /Python/],
    ['a list of them', "[{'event': 'x', 'contact': None}]", /Python/],
    ['a Ruby hash', '{"event"=>"message_status_updated"}', /Ruby/],
  ])('%s is called what it is', async (_name, stdin, named) => {
    const { code, jsonLines } = await check(stdin);
    const [first] = jsonLines;
    expect(code).toBe(1);
    expect(first).toMatchObject({ code: 'not-json', line: 1 });
    expect(first?.message).toMatch(named);
  });

  it.each([
    ['a comment', `// what came\n${LINE}`, 1, 1],
    ['one bracket too many', '{"a":1}}', 1, 8],
    ['a bracket of the other kind', '[}', 1, 2],
    ['a bracket that closes another', '{"a":[1}}', 1, 8],
    ['a comma before the end of an array', '[\n{"a":1},\n]', 2, 8],
    ['a comma before the end of a list', '{"a":[1,\n ]}', 1, 8],
    ['a comma before the end of an object', '{"a":1,\n}', 1, 7],
    ['a text that is cut off', '{"a":"bc', 1, 9],
    ['a text that is cut off before a line feed', '{\n"a":"bc\n', 2, 8],
    ['an escape that is cut off', '{"a":"b\\u00', 1, 12],
    ['a key that is cut off', '{"a":1,\n"b', 2, 3],
    ['a word that is cut off', '{"a":tr', 1, 8],
    ['a number that is cut off', '{"a":1.', 1, 8],
    ['a document that is cut off', LINE.slice(0, -1), 1, LINE.length],
    ['other bytes', Buffer.from('ffd8ffe000104a46', 'hex'), 1, 1],
  ])('%s is shown where it is, once', async (_name, stdin, line, column) => {
    const { jsonLines } = await check(stdin);
    const broken = jsonLines.filter((each) => each.code === 'not-json' || each.code === 'invalid-utf8');
    expect(broken.map((each) => [each.line, each.column])).toEqual([[line, column]]);
  });

  it.each([
    ['an empty file', '', /empty/],
    ['white space', ' \n\n', /white space/],
    ['an empty list', '[ ]', /list is empty/],
    ['an archive of other requests', '{"log":{"entries":[]}}', /archive/],
    ['an empty answer of Callbell', '{"webhook_events":[]}', /webhook events is empty/],
  ])('%s has no event, and says why', async (_name, stdin, why) => {
    const { code, jsonLines } = await check(stdin);
    expect(code).toBe(1);
    expect(jsonLines[0]).toMatchObject({ code: 'no-event' });
    expect(jsonLines[0]?.message).toMatch(why);
  });

  it.each([
    ['[\n  {"a": 1},\n]', 'not-json'],
    ['\n []', 'no-event'],
    [
      `${JSON.stringify({ receivedAt: '2026-01-31T14:03:00Z', method: 'POST', body: LINE })}\n{"receivedAt":"20`,
      'torn-record',
    ],
  ])('%j is drawn with its line', async (stdin, problem) => {
    const { stdout } = await runCli(['validate', '-'], { stdin });
    const [, part = ''] = stdout.split(`[${problem}]`);
    expect(part.split(/\n\n/)[0]).toMatch(/^ *\d+ \|.*\n +\| *\^/m);
  });
});
