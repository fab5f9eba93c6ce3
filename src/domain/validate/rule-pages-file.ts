import { WITHHELD } from '../redaction/withheld.ts';
import { exampleDocument, exampleEvent, exampleLines } from './examples.ts';
import type { ProblemCode } from './problem.ts';
import type { RulePage } from './rule-page.ts';

const GOOD = exampleDocument(exampleEvent('read'));
const LINE = exampleLines(exampleEvent('read'));
const RECORDING = exampleLines({
  receivedAt: '2026-01-31T14:03:00Z',
  method: 'POST',
  path: '/',
  headers: {},
  body: LINE.trimEnd(),
});

/** The pages of what can be wrong with a file. */
export const FILE_RULE_PAGES = {
  'not-json': {
    explanation:
      'The text breaks the grammar of JSON at this place, so that nothing can be said of what it means. The place is the first where it is wrong; the cause may be just before it. Where the text simply ends, it was cut off: copy or download it again.',
    source: 'RFC 8259',
    shown: { bad: '"status": "read",\n}', good: '"status": "read"\n}' },
    capture: { bad: GOOD.replace('"whatsapp"\n', '"whatsapp",\n'), good: GOOD },
  },
  'too-large': {
    explanation:
      'The event is larger than what is read at most. Webhooks are a few kilobytes; a file of this size is usually something else. --max-event raises the limit.',
    source: 'a limit of this tool (--max-event)',
    shown: { bad: 'an event of 11 MiB', good: 'an event of 1 KiB' },
    capture: { bad: LINE + LINE.replace('Ada', 'A'.repeat(70_000)).replace('adf3', 'bdf3'), good: LINE },
  },
  'invalid-utf8': {
    explanation:
      'JSON is always UTF-8. The file was probably saved in another encoding, Latin-1 or Windows-1252; save it again as UTF-8.',
    source: 'RFC 8259, section 8.1',
    shown: { bad: 'é as the byte E9', good: 'é as the bytes C3 A9' },
    capture: { bad: GOOD.replace('Ada', 'Adé'), good: GOOD },
    latin1: true,
  },
  'torn-record': {
    explanation:
      'The recorder was ended while it wrote this line. What it had acknowledged before is complete; this request never got an answer. Nothing to do.',
    source: 'how this tool records',
    shown: {
      bad: '{"receivedAt":"2026-01-31T14:03:00Z","met',
      good: '{"receivedAt":"2026-01-31T14:03:00Z","method":"POST",…}',
    },
    capture: { bad: `${RECORDING}{"receivedAt":"2026-01-31T14:03:00Z","met`, good: LINE },
  },
  'withheld-body': {
    explanation:
      'listen --redact keeps nothing that it cannot mask. This request came with a body that is not JSON: text or bytes, which may have been a check of the connection. What it was can be seen on the screen of listen, or in a recording without --redact. replay passes it over.',
    source: 'how this tool records',
    shown: { bad: `"body": "${WITHHELD}"`, good: '"body": "{\\"event\\":\\"message_status_updated\\",…}"' },
    capture: { bad: RECORDING.replace(JSON.stringify(LINE.trimEnd()), JSON.stringify(WITHHELD)), good: LINE },
  },
  'no-event': {
    explanation:
      'The capture can be read, but there is no event in it: an empty file or list, a log none of whose lines holds one, or an HTTP archive without a request that carried JSON.',
    source: 'an expectation of this tool: who checks a capture means one with events',
    shown: { bad: '[]', good: '[{"event": "message_status_updated", …}]' },
    capture: { bad: '[]\n', good: GOOD },
  },
  unwrapped: {
    explanation:
      'The event does not stand alone: it was taken out of what a tool wrapped it in. Positions are those in the file. Nothing to do.',
    source: 'wrappings seen in captures',
    shown: {
      bad: '[{"event": "message_status_updated", …}]',
      good: '{"event": "message_status_updated", …}',
    },
    capture: { bad: `[${LINE}]\n`, good: LINE },
  },
  'duplicate-key': {
    explanation:
      'An object has the same key twice. Most parsers keep the last one, some the first, some refuse; a real delivery has each key once.',
    source: 'RFC 8259, section 4: names should be unique',
    shown: { bad: '"status": "sent", "status": "read"', good: '"status": "read"' },
    capture: { bad: GOOD.replace('"status"', '"status": "sent",\n    "status"'), good: GOOD },
  },
} as const satisfies Partial<Record<ProblemCode, RulePage>>;
