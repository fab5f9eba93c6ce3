import type { ProblemCode, ProblemDetails, Severity } from './problem.ts';

/** What a kind of problem means. */
interface Rule<Code extends ProblemCode> {
  readonly severity: Severity;
  describe(details: ProblemDetails[Code]): string;
}

/** Every kind of problem; a code without a rule does not compile. */
export const RULES: { readonly [Code in ProblemCode]: Rule<Code> } = {
  'not-json': { severity: 'error', describe: ({ detail }) => `this is not JSON: ${detail}` },
  'not-an-object': {
    severity: 'error',
    describe: ({ found }) => `an event is a JSON object, this is ${withArticle(found)}`,
  },
  'not-an-event': {
    severity: 'error',
    describe: () => 'this object has neither "event" nor "payload", so it is not a Callbell event',
  },
  'missing-event': { severity: 'error', describe: () => '"event" is missing' },
  'misspelt-event': {
    severity: 'error',
    describe: ({ value }) => `${quoted(value)} is not the name of an event`,
  },
  'other-event': {
    severity: 'note',
    describe: ({ value }) => `${quoted(value)} is another Callbell event, it was not checked`,
  },
  'missing-payload': { severity: 'error', describe: () => '"payload" is missing' },
  'missing-uuid': { severity: 'error', describe: () => '"uuid" of the message is missing' },
  'malformed-uuid': {
    severity: 'error',
    describe: ({ value }) =>
      `${quoted(value)} is not a Callbell uuid: 32 lower-case hex digits without dashes`,
  },
  'missing-status': { severity: 'error', describe: () => '"status" is missing' },
  'unknown-status': { severity: 'error', describe: ({ value }) => `${quoted(value)} is not a status` },
  'deprecated-status': {
    severity: 'warning',
    describe: ({ value }) => `${quoted(value)} is deprecated: Meta does not support it any more`,
  },
  'wrong-type': {
    severity: 'error',
    describe: ({ expected, found }) => `this is ${withArticle(found)}, it should be ${withArticle(expected)}`,
  },
  'missing-provider-payload': {
    severity: 'note',
    describe: () => 'there is no "messageStatusPayload"; nothing promises one',
  },
  'unknown-provider': {
    severity: 'note',
    describe: () => 'this is the object of no known provider; handlers should not look inside',
  },
  'status-contradiction': {
    severity: 'warning',
    describe: ({ outer, inner }) => `the provider says ${quoted(inner)}, Callbell says ${quoted(outer)}`,
  },
  'missing-failure-reason': {
    severity: 'warning',
    describe: () => 'the message failed, but the provider gives neither a code nor a reason',
  },
  'missing-correction': {
    severity: 'warning',
    describe: () => 'the number was corrected, but the corrected number ("wa_id") is missing',
  },
};

const LONGEST_QUOTE = 60;

function quoted(value: string): string {
  return JSON.stringify(value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value);
}

function withArticle(type: string): string {
  if (type === 'nothing' || type === 'null') return type;
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
