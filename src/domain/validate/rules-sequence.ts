import type { SequenceProblems } from './problem-details.ts';
import type { RulesFor } from './rule.ts';
import { quoted } from './wording.ts';

/** What can be wrong between the events of one message. */
export const SEQUENCE_RULES: RulesFor<SequenceProblems> = {
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
  'contact-change': {
    severity: 'warning',
    describe: ({ value, earlier, before }) =>
      `the contact is ${quoted(value)}, in line ${before} it was ${quoted(earlier)}`,
  },
  'contact-number-change': {
    severity: 'note',
    describe: ({ value, earlier, before }) =>
      `the contact's number is ${quoted(value)}, in line ${before} it was ${quoted(earlier)}`,
  },
  'metadata-change': {
    severity: 'warning',
    describe: ({ before }) => `the metadata differs from that of this message in line ${before}`,
  },
  'provider-change': {
    severity: 'warning',
    describe: ({ value, earlier, before }) => `the provider is ${value}, in line ${before} it was ${earlier}`,
  },
  'shared-id': {
    severity: 'warning',
    describe: ({ value, uuid, before }) =>
      `the id ${quoted(value)} was that of another message, ${quoted(uuid)}, in line ${before}`,
  },
};
