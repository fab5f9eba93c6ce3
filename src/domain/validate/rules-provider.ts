import type { ProviderProblems } from './problem-details.ts';
import type { RulesFor } from './rule.ts';
import { momentOf, quoted, wrongType, yearOf } from './wording.ts';

/** What can be wrong with the raw object of the provider. */
export const PROVIDER_RULES: RulesFor<ProviderProblems> = {
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
  'gupshup-callback': {
    severity: 'warning',
    describe: () => 'this is what Gupshup sends to Callbell; its "payload" belongs here',
  },
  'contradictory-member': {
    severity: 'warning',
    describe: ({ key, status }) => `${quoted(key)} does not go with ${quoted(status)}`,
  },
  'provider-misspelt-key': {
    severity: 'warning',
    describe: ({ key, suggestion }) =>
      `the provider documents no key ${quoted(key)}, and ${quoted(suggestion)} is missing`,
  },
  'provider-unknown-key': {
    severity: 'note',
    describe: ({ key }) => `the provider documents no key ${quoted(key)}`,
  },
  'provider-number-format': {
    severity: 'warning',
    describe: ({ value }) => `${quoted(value)}: the provider writes numbers in digits only`,
  },
  'missing-provider-id': {
    severity: 'note',
    describe: () => 'the provider gives no id of the message; tell messages apart by payload.uuid',
  },
  'unusual-whatsapp-id': {
    severity: 'note',
    describe: ({ value, holds, number }) =>
      holds === undefined
        ? `${quoted(value)} begins like an id of WhatsApp, but no number can be read in it`
        : `the id holds the number ${quoted(holds)}, the message goes to ${quoted(number ?? '')}`,
  },
  'missing-destination': {
    severity: 'warning',
    describe: () => 'the provider does not say to whom the message goes',
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
    describe: ({ value, unit }) => `${value} looks like ${unit}; the provider counts in seconds`,
  },
  'implausible-time': {
    severity: 'warning',
    describe: ({ value, received }) =>
      received === undefined
        ? `${value} as unix seconds is ${yearOf(value)}`
        : `${value} is ${momentOf(value)}, over a day after the event was received (${momentOf(received)})`,
  },
  'missing-provider-status': {
    severity: 'warning',
    describe: () => "the provider's own word for the status is missing",
  },
  'unusual-provider-status': {
    severity: 'note',
    describe: ({ value }) => `the provider's own word ${quoted(value)} is none of Callbell's statuses`,
  },
  'status-contradiction': {
    severity: 'warning',
    describe: ({ outer, inner }) => `the provider says ${quoted(inner)}, Callbell says ${quoted(outer)}`,
  },
  'no-status-inside': { severity: 'warning', describe: () => "there is no status in the provider's object" },
  'several-statuses': {
    severity: 'warning',
    describe: ({ count, matching, outer, unread = 0 }) =>
      `there are ${count} statuses in here, and ${matching === 0 ? 'none of them says' : `${matching} of them say`} ${quoted(outer)}${unread === 0 ? '' : ` (the last ${unread} were not looked at)`}`,
  },
  'missing-failure-reason': {
    severity: 'warning',
    describe: () => 'the message failed, but the provider gives neither a code nor a reason',
  },
  'missing-failure-code': {
    severity: 'note',
    describe: () => 'the failure has a reason but no code; reasons are spelt in more than one way',
  },
  'missing-failure-text': {
    severity: 'note',
    describe: () => 'the failure has a code but no text; a handler that shows the text needs one of its own',
  },
  'unknown-failure-code': {
    severity: 'note',
    describe: ({ value }) =>
      `${value} is no code that this provider is known to give; treat it as failed all the same`,
  },
  'missing-correction': {
    severity: 'warning',
    describe: () => 'the number was corrected, but the corrected number ("wa_id") is missing',
  },
  'useless-correction': {
    severity: 'warning',
    describe: ({ value }) => `the corrected number ${quoted(value)} is the one that was asked for`,
  },
  'swapped-correction': {
    severity: 'note',
    describe: ({ value }) =>
      `the message went to ${quoted(value)}, which is said to be the corrected number: "wa_id" and "phone" may be swapped`,
  },
  'unusual-pricing': {
    severity: 'note',
    describe: ({ kind, value }) => {
      if (kind === 'billable') return `"billable" does not go with the type ${quoted(value)}`;
      if (kind === 'place') return 'the price stands in "payload", the provider writes it beside that';
      if (kind === 'status') return `Gupshup gives a price with "sent", not with ${quoted(value)}`;
      return `${quoted(value)} is no value of a price that the provider documents`;
    },
  },
  'unusual-enqueued': {
    severity: 'note',
    describe: ({ kind, value = '' }) => {
      if (kind === 'gupshup-id') return 'with "enqueued" the id of Gupshup is "id", there is no "gsId"';
      if (kind === 'no-whatsapp-id') return 'the id on the side of WhatsApp is missing';
      return `${quoted(value)} is no kind of message that is known`;
    },
  },
  'unusual-envelope': { severity: 'note', describe: describeEnvelope },
};

function describeEnvelope(details: ProviderProblems['unusual-envelope']): string {
  switch (details.kind) {
    case 'no-product':
      return '"messaging_product" is missing, which Meta documents';
    case 'no-metadata':
      return '"metadata" is missing, which says to which number of the business this belongs';
    case 'field':
      return `statuses come with the field "messages", this is ${quoted(details.value)}`;
    case 'product':
      return `the product is "whatsapp", this is ${quoted(details.value)}`;
    case 'number':
      return `${quoted(details.value)}: Meta writes the number of the business in digits only`;
    case 'contact':
      return `the contact ${quoted(details.value)} is no recipient of these statuses`;
  }
}
