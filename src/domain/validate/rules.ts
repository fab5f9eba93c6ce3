import type { ProblemCode, ProblemDetails, Severity } from './problem.ts';

/** What a kind of problem is called and how bad it is; `rule-pages.ts` explains it at length. */
interface Rule<Code extends ProblemCode> {
  readonly severity: Severity;
  describe(details: ProblemDetails[Code]): string;
}

/** Every kind of problem; a code without a rule does not compile. */
export const RULES: { readonly [Code in ProblemCode]: Rule<Code> } = {
  'not-json': { severity: 'error', describe: ({ detail }) => `this is not JSON: ${detail}` },
  'too-large': { severity: 'error', describe: ({ detail }) => detail },
  'invalid-utf8': { severity: 'error', describe: () => 'this byte is not UTF-8, the encoding of JSON' },
  'torn-record': {
    severity: 'note',
    describe: () => 'this line of a recording is cut off; it was being written when the recorder ended',
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

  'not-an-object': {
    severity: 'error',
    describe: ({ found }) => `an event is a JSON object, this is ${withArticle(found)}`,
  },
  'not-an-event': {
    severity: 'error',
    describe: () => 'this object has neither "event" nor "payload", so it is not a Callbell event',
  },
  'provider-object-only': {
    severity: 'error',
    describe: ({ provider }) =>
      `this is the ${provider} object alone; in an event it stands in payload.messageStatusPayload`,
  },
  'missing-event': { severity: 'error', describe: () => '"event" is missing' },
  'misspelt-event': {
    severity: 'error',
    describe: ({ value }) => `${quoted(value)} is not the name of an event`,
  },
  'unknown-event': {
    severity: 'warning',
    describe: ({ value }) => `${quoted(value)} is no event that Callbell documents, it was not checked`,
  },
  'other-event': {
    severity: 'note',
    describe: ({ value }) => `${quoted(value)} is another Callbell event, it was not checked`,
  },
  'missing-payload': { severity: 'error', describe: () => '"payload" is missing' },
  'wrong-type': { severity: 'error', describe: wrongType },
  'unknown-key': { severity: 'note', describe: ({ key }) => `the key ${quoted(key)} is not documented` },

  'missing-uuid': { severity: 'error', describe: () => '"uuid" of the message is missing' },
  'malformed-uuid': {
    severity: 'error',
    describe: ({ value }) =>
      `${quoted(value)} is not a Callbell uuid: 32 lower-case hex digits without dashes`,
  },
  'missing-status': { severity: 'error', describe: () => '"status" is missing' },
  'unknown-status': {
    severity: 'error',
    describe: ({ value, reason }) => {
      if (reason === 'case') return `${quoted(value)} is not a status: they are all in lower case`;
      if (reason === 'space') return `${quoted(value)} is not a status: there is white space around it`;
      return `${quoted(value)} is not a status`;
    },
  },
  'deprecated-status': {
    severity: 'note',
    describe: ({ value }) => `${quoted(value)} is deprecated: Meta does not support it any more`,
  },
  'metadata-size': {
    severity: 'warning',
    describe: ({ limit, size, most }) =>
      limit === 'pairs'
        ? `metadata has ${size} pairs, the send API takes at most ${most}`
        : `this ${limit} of the metadata has ${size} characters, the send API takes at most ${most}`,
  },
  'metadata-not-text': {
    severity: 'note',
    describe: ({ found }) => `values of the metadata are documented as text, this is ${withArticle(found)}`,
  },

  'malformed-contact-uuid': {
    severity: 'warning',
    describe: ({ value }) => `${quoted(value)} is not a Callbell uuid: 32 lower-case hex digits`,
  },
  'malformed-time': {
    severity: 'warning',
    describe: ({ value }) => `${quoted(value)} is not a time in ISO 8601`,
  },
  'malformed-url': { severity: 'warning', describe: ({ value }) => `${quoted(value)} is not a web address` },
  'note-too-long': {
    severity: 'warning',
    describe: ({ size }) => `the note has ${size} characters, Callbell takes at most 1000`,
  },
  'contact-number-format': {
    severity: 'note',
    describe: ({ value }) =>
      `${quoted(value)} is not digits only; Callbell's pages have both, so compare the digits`,
  },
  'unusual-source': {
    severity: 'note',
    describe: ({ value }) => `the source is ${quoted(value)}; status events are documented for whatsapp only`,
  },

  'missing-provider-payload': {
    severity: 'note',
    describe: () => 'there is no "messageStatusPayload"; nothing promises one',
  },
  'encoded-provider-payload': {
    severity: 'warning',
    describe: () => 'this is a text that holds JSON, where the object itself should be',
  },
  'unknown-provider': {
    severity: 'note',
    describe: () => 'this is the object of no known provider; handlers should not look inside',
  },
  'provider-wrong-type': { severity: 'warning', describe: wrongType },
  'provider-unknown-key': {
    severity: 'note',
    describe: ({ key }) => `the provider documents no key ${quoted(key)}`,
  },
  'provider-number-format': {
    severity: 'warning',
    describe: ({ value }) => `${quoted(value)}: the provider writes numbers in digits only`,
  },
  'missing-destination': {
    severity: 'warning',
    describe: () => 'the "destination" is missing, which Gupshup always gives',
  },
  'missing-time': {
    severity: 'warning',
    describe: () => 'the time of the status is missing, which the provider documents',
  },
  'time-as-text': {
    severity: 'note',
    describe: ({ value }) => `${quoted(value)}: the provider documents a number here; text was seen too`,
  },
  'time-in-milliseconds': {
    severity: 'warning',
    describe: ({ value }) => `${value} looks like milliseconds; the provider counts in seconds`,
  },
  'implausible-time': {
    severity: 'warning',
    describe: ({ value }) => {
      const year = yearOf(value);
      return year === undefined
        ? 'no time is that many seconds away'
        : `${value} as unix seconds is in the year ${year}`;
    },
  },
  'unusual-provider-status': {
    severity: 'note',
    describe: ({ value }) => `the provider's own word ${quoted(value)} is none of Callbell's statuses`,
  },
  'status-contradiction': {
    severity: 'warning',
    describe: ({ outer, inner }) => `the provider says ${quoted(inner)}, Callbell says ${quoted(outer)}`,
  },
  'no-status-inside': { severity: 'warning', describe: () => "the provider's list of statuses is empty" },
  'several-statuses': {
    severity: 'warning',
    describe: ({ count, matching, outer }) =>
      `there are ${count} statuses in here, and ${matching === 0 ? 'none' : matching} of them says ${quoted(outer)}`,
  },
  'missing-failure-reason': {
    severity: 'warning',
    describe: () => 'the message failed, but the provider gives neither a code nor a reason',
  },
  'missing-failure-code': {
    severity: 'note',
    describe: () => 'the failure has a reason but no code; reasons are spelt in more than one way',
  },
  'unknown-failure-code': {
    severity: 'note',
    describe: ({ value }) => `${value} is in no catalogue of failures; treat it as failed all the same`,
  },
  'missing-correction': {
    severity: 'warning',
    describe: () => 'the number was corrected, but the corrected number ("wa_id") is missing',
  },
  'useless-correction': {
    severity: 'warning',
    describe: ({ value }) => `the corrected number ${quoted(value)} is the one that was asked for`,
  },

  'repeated-status': {
    severity: 'note',
    describe: ({ value, before }) => `${quoted(value)} of this message was there before, in line ${before}`,
  },
  'late-status': {
    severity: 'note',
    describe: ({ value, reached, before }) =>
      `${quoted(value)} comes late: the message was ${quoted(reached)} already, in line ${before}`,
  },
  'status-after-failed': {
    severity: 'note',
    describe: ({ value, before }) => `${quoted(value)} comes after the message had failed, in line ${before}`,
  },
  'time-falls': {
    severity: 'warning',
    describe: ({ value, earlier, before }) =>
      `the times run against the statuses: ${value} here, ${earlier} in line ${before}`,
  },
  'id-change': {
    severity: 'warning',
    describe: ({ value, earlier, before }) =>
      `the id ${quoted(value)} is not the ${quoted(earlier)} that this message had in line ${before}`,
  },
  'destination-change': {
    severity: 'warning',
    describe: ({ value, earlier, before }) =>
      `the message goes to ${quoted(value)}, in line ${before} it went to ${quoted(earlier)}`,
  },
};

const LONGEST_QUOTE = 60;

function quoted(value: string): string {
  return JSON.stringify(value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value);
}

function wrongType({ expected, found }: ProblemDetails['wrong-type']): string {
  return `this is ${withArticle(found)}, it should be ${withArticle(expected)}`;
}

function withArticle(type: string): string {
  if (type === 'nothing' || type === 'null') return type;
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function yearOf(seconds: number): number | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.getUTCFullYear();
}
