import type { FileProblems } from './problem-details.ts';
import type { RulesFor } from './rule.ts';
import { quoted } from './wording.ts';

/** What can be wrong with a file. */
export const FILE_RULES: RulesFor<FileProblems> = {
  'not-json': { severity: 'error', describe: ({ detail }) => `this is not JSON: ${detail}` },
  'too-large': { severity: 'error', describe: ({ detail }) => detail },
  'invalid-utf8': { severity: 'error', describe: () => 'this byte is not UTF-8, the encoding of JSON' },
  'torn-record': {
    severity: 'note',
    describe: () => 'this line of a recording is cut off; it was being written when the recorder ended',
  },
  'withheld-body': {
    severity: 'warning',
    describe: () =>
      'this body was not recorded: it is not JSON, so --redact could not mask it; it cannot be checked',
  },
  'no-event': {
    severity: 'error',
    describe: ({ reason }) => `there is no event in here${reason === undefined ? '' : `: ${reason}`}`,
  },
  unwrapped: { severity: 'note', describe: ({ wrapping }) => `read as ${wrapping}` },
  'duplicate-key': {
    severity: 'warning',
    describe: ({ key }) => `the key ${quoted(key)} is there twice; parsers differ in which one counts`,
  },
};
