import type { EventProblems } from './problem-details.ts';
import type { RulesFor } from './rule.ts';
import { quoted, withArticle, wrongType } from './wording.ts';

/** What can be wrong with the envelope, the payload and the contact. */
export const EVENT_RULES: RulesFor<EventProblems> = {
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
    describe: ({ value, isByPayload }) =>
      `${quoted(value)} is not the name of an event${isByPayload ? '; the payload is that of a status' : ''}`,
  },
  'unknown-event': {
    severity: 'warning',
    describe: ({ value }) => `${quoted(value)} is no event that Callbell documents, it was not checked`,
  },
  'other-event': {
    severity: 'note',
    describe: ({ value }) => `${quoted(value)} is another Callbell event, it was not checked`,
  },
  'nested-event': {
    severity: 'error',
    describe: () => 'there is a whole event inside "payload"; one of the two envelopes is too many',
  },
  'missing-payload': { severity: 'error', describe: () => '"payload" is missing' },
  'wrong-type': { severity: 'error', describe: wrongType },
  'unknown-key': { severity: 'note', describe: ({ key }) => `the key ${quoted(key)} is not documented` },

  'misspelt-key': {
    severity: 'warning',
    describe: ({ key, suggestion }) =>
      `the key ${quoted(key)} is not documented, and ${quoted(suggestion)} is missing`,
  },

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
  'malformed-email': {
    severity: 'warning',
    describe: ({ value }) => `${quoted(value)} is not an e-mail address`,
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
  'malformed-bsuid': {
    severity: 'warning',
    describe: ({ value }) =>
      `${quoted(value)} is not a business-scoped user id: two capital letters, a dot, letters and digits`,
  },
  'unusual-link': {
    severity: 'note',
    describe: ({ value, kind }) => `${quoted(value)} ${LINKS[kind]}`,
  },
  'unusual-number': {
    severity: 'note',
    describe: ({ value, kind }) =>
      kind === 'empty'
        ? 'the number is empty, it should be digits or null'
        : `${quoted(value)} ${NUMBERS[kind]}`,
  },
  'unusual-time': { severity: 'note', describe: ({ value, kind }) => `${quoted(value)} ${TIMES[kind]}` },
  'uuid-of-contact': {
    severity: 'note',
    describe: ({ value }) => `the message and its contact have the same uuid, ${quoted(value)}`,
  },
};

const LINKS = {
  host: "does not lead to Callbell's dashboard",
  page: 'leads to another page of the dashboard than is documented here',
  contact: 'leads to another contact',
} as const;

const NUMBERS = {
  international: 'begins with 00, which is dialled and belongs to no number',
  national: 'begins with 0, so the country code is missing',
  short: 'is too short for a whole number',
  long: 'is longer than a phone number can be (15 digits)',
} as const;

const TIMES = {
  'no-zone': 'has no time zone; Callbell writes times with Z',
  'after-event': 'is over a day after the event about this contact',
  future: 'is over a day after the event was received',
} as const;
