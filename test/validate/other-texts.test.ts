import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../src/domain/validate/examples.ts';
import { runCli } from '../support/cli.ts';

const EVENT = exampleEvent('read');
const LINE = JSON.stringify(EVENT);
const PRETTY = JSON.stringify(EVENT, null, 2);
const withoutFirstLine = PRETTY.slice(PRETTY.indexOf('\n') + 1);
const inside = (from: string, to: string): string => LINE.replace(from, to);
const columnOf = (text: string, part: string): number => text.indexOf(part) + 1;

/** The text of the body where the table says nothing of what it looks like: the fault has this name. */
const PLAIN = /double quotes|missing|no meaning|one too many|ended before/;

const TEXTS: readonly (readonly [string, string, RegExp, number, number])[] = [
  ['a document without its first line', withoutFirstLine, /beginning \{ is missing/, 1, 3],
  ['a member with an object', '"payload": {\n  "uuid": "x"\n}', /beginning \{ is missing/, 1, 1],
  ['a member alone', '"status": "read"', /beginning \{ is missing/, 1, 1],
  ['members with an indentation', '    "n": 1,\n    "m": true\n}', /beginning \{ is missing/, 1, 5],
  ['a key whose value is on the next line', '"payload":\n  { "a": 1 }', /beginning \{ is missing/, 1, 1],
  ['YAML with keys in quotes', '"event": message_status_updated\n', /YAML/, 1, 1],
  ['YAML', 'event: message_status_updated\n', /YAML/, 1, 1],
  ['YAML with single quotes', "'event': x\n", /YAML/, 1, 1],
  ['= for a colon', inside('"event":', '"event"='), /colon.*not =/, 1, 9],
  ['=> for a colon inside', inside('"uuid":', '"uuid"=>'), /colon.*not =/, 1, columnOf(LINE, '"uuid"') + 6],
  ['; for a comma', inside('"message_status_updated",', '"message_status_updated";'), /comma.*not ;/, 1, 34],
  ['a whole text with escaped quotes', LINE.replaceAll('"', '\\"'), /quotes are escaped/, 1, 2],
  [
    'an escaped quote inside',
    inside('"uuid"', '\\"uuid\\"'),
    /quotes are escaped/,
    1,
    columnOf(LINE, '"uuid"'),
  ],
  ['added lines of a diff', PRETTY.replace(/^/gm, '+'), /diff/, 1, 1],
  ['removed lines of a diff', PRETTY.replace(/^/gm, '-'), /diff/, 1, 1],
  ['a diff', `diff --git a/x b/x\n${PRETTY}`, /diff/, 1, 1],
  ['a part of a diff', `@@ -1,3 +1,3 @@\n${PRETTY}`, /diff/, 1, 1],
  [
    'line numbers',
    PRETTY.split('\n')
      .map((line, n) => `${n + 1}  ${line}`)
      .join('\n'),
    /lines have numbers/,
    1,
    4,
  ],
  [
    'line numbers with colons',
    PRETTY.split('\n')
      .map((line, n) => `${n + 1}: ${line}`)
      .join('\n'),
    /numbers/,
    1,
    2,
  ],
  ['var_dump of PHP', 'array(2) {\n  ["event"]=>\n  string(22) "x"\n}', /PHP/, 1, 1],
  ['print_r of PHP', 'Array\n(\n    [event] => x\n)', /PHP/, 1, 1],
  ['print_r of an object', 'stdClass Object\n(\n    [event] => x\n)', /PHP/, 1, 1],
  ['an object of PHP', 'object(stdClass)#1 (2) {\n}', /PHP/, 1, 1],
  ['serialize of PHP', 'a:1:{s:5:"event";s:1:"x";}', /PHP/, 1, 1],
  ['an array of PHP', "array('event' => 'x')", /PHP/, 1, 1],
  ['a short array of PHP', "['event' => 'x']", /PHP/, 1, 2],
  ['a map of Go', 'map[event:message_status_updated]', /Go/, 1, 1],
  ['a pointer of Go', '&{Event:message_status_updated}', /Go/, 1, 1],
  ['a struct of Go', 'main.Event{Name:"x"}', /Go/, 1, 1],
  ['a template', '{"status": {{status}}}', /template/, 1, 12],
  ['a template in a list', '{"tags": [{{tag}}]}', /template/, 1, 11],
  ['a template alone', '{{event}}', /template/, 1, 1],
  ['a template of a shell', '{"status": \u0024{status}}', /template/, 1, 12],
  ['a template of pages', '{"status": <%= status %>}', /template/, 1, 12],
  ['something left out', '{"event": "x", ...}', /left out/, 1, 16],
  ['something left out by one character', '{"event": "x", "a": …}', /left out/, 1, 21],
  ['a no-break space', '{\u00a0"event": 1}', /U\+00A0 NO-BREAK SPACE/, 1, 2],
  ['a no-break space in the indentation', '{\n\u00a0 "event": 1}', /U\+00A0 NO-BREAK SPACE/, 2, 1],
  ['a narrow no-break space', '{"event":\u202f1}', /U\+202F NARROW NO-BREAK SPACE/, 1, 10],
  ['a zero width space', '{"event":1,\u200b"a":1}', /U\+200B ZERO WIDTH SPACE/, 1, 12],
  ['a word joiner', '{"event"\u2060:1}', /U\+2060 WORD JOINER/, 1, 9],
  ['a line separator', '{"event":1,\u2028"a":1}', /U\+2028 LINE SEPARATOR/, 1, 12],
  ['an override of the direction', '{"a":1,\u202e"b":1}', /U\+202E RIGHT-TO-LEFT OVERRIDE/, 1, 8],
  ['curly quotes', '{“event”: 1}', /straight double quotes.*U\+201C LEFT DOUBLE/, 1, 2],
  ['low quotes', '{„event“: 1}', /straight double quotes.*U\+201E DOUBLE LOW-9/, 1, 2],
  ['angle quotes', '{«event»: 1}', /straight double quotes.*U\+00AB LEFT-POINTING/, 1, 2],
  ['a fullwidth colon', '{"event"：1}', /U\+FF1A FULLWIDTH COLON/, 1, 9],
  ['a fullwidth comma', '{"event":1，"a":1}', /U\+FF0C FULLWIDTH COMMA/, 1, 11],
  ['a minus sign', '{"event":−1}', /U\+2212 MINUS SIGN/, 1, 10],
  ['a character without a name here', '{"event":☃}', /U\+2603/, 1, 10],
  ['a control character', '{"event":\u000b1}', /U\+000B LINE TABULATION/, 1, 10],
  ['backquotes', '{`event`: 1}', /straight double quotes/, 1, 2],
  ['a bare word', '{"event": message}', PLAIN, 1, 11],
  ['a missing comma', '{"event": 1 "a": 2}', PLAIN, 1, 13],
  ['a missing colon', '{"event" 1}', PLAIN, 1, 10],
  ['a missing value', '{"event": , "a": 2}', PLAIN, 1, 11],
  ['an at sign', '{"event": @}', PLAIN, 1, 11],
  ['a brace too many', `${LINE}}`, PLAIN, 1, LINE.length + 1],
];

describe('what is not JSON is called what it is, where it is', () => {
  it.each(TEXTS)('%s', async (_name, stdin, named, line, column) => {
    const { code, jsonLines } = await runCli(['validate', '-', '--json'], { stdin });
    const [first, ...others] = jsonLines.filter((each) => each.severity === 'error');
    expect(code).toBe(1);
    expect(first).toMatchObject({ code: 'not-json', line, column });
    expect(first?.message).toMatch(named);
    expect(others).toEqual([]);
  });

  it('the indentation of the first line is drawn as it is', async () => {
    const { stdout } = await runCli(['validate', '-'], { stdin: withoutFirstLine });
    expect(stdout).toMatch(/^ 1 \| {3}"event": ".*\n +\| {3}\^{7}/m);
  });

  it('a character that cannot be seen is named in the picture', async () => {
    const { stdout } = await runCli(['validate', '-'], { stdin: '{\u00a0"event": 1}' });
    expect(stdout).toMatch(/^ +\| +\^ U\+00A0 NO-BREAK SPACE$/m);
  });
});
