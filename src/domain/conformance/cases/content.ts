import type { ConformanceCase, EventObject, TestMessage, Trial } from '../case.ts';

/** A variant of an event: its name, and the change that makes it. */
type Variant = readonly [
  label: string,
  change: (payload: EventObject['payload'], event: EventObject) => void,
];

/** Delivers a variant of one status for each row, a new message each; all must be accepted and end right. */
async function deliverVariants(
  trial: Trial,
  status: 'delivered' | 'failed' | 'read',
  variants: readonly Variant[],
): Promise<void> {
  const messages: TestMessage[] = [];
  for (const [label, change] of variants) {
    const message = await trial.message();
    const event = message.event(status);
    change(event.payload, event);
    await trial.deliver(message.request(event, { label: `${status}, ${label}` }));
    messages.push(message);
  }
  await trial.expectEnd(messages);
}

function contactOf(payload: EventObject['payload']): Record<string, unknown> {
  const { contact } = payload;
  return typeof contact === 'object' && contact !== null ? { ...contact } : {};
}

const LONG_PAIRS = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`key-${n}`, 'x'.repeat(500)]));

/** Cases on what may be inside an event. */
export const CONTENT_CASES = {
  'no-contact': {
    group: 'content',
    level: 'required',
    needs: [],
    title: 'an event without a contact is accepted',
    why: "the contact is in Callbell's example, but in no table of required fields.",
    fix: 'treat payload.contact as optional (payload.contact?.phoneNumber)',
    sources: ['documented: payload fields', 'frappe/crm#1930'],
    run: (trial) =>
      deliverVariants(trial, 'delivered', [
        ['no contact', (payload) => delete payload.contact],
        ['contact null', (payload) => Object.assign(payload, { contact: null })],
      ]),
  },
  'bare-contact': {
    group: 'content',
    level: 'required',
    needs: [],
    title: 'a contact without number or name is accepted',
    why: 'contacts known by their BSUID only have no phone number (documented since June 2026).',
    fix: 'do not demand contact.phoneNumber or contact.name',
    sources: ['documented: contact.bsuid'],
    run: (trial) =>
      deliverVariants(trial, 'delivered', [
        [
          'a BSUID only',
          (payload) =>
            Object.assign(payload, { contact: bareContact(payload, { bsuid: 'GB.1234567890123456' }) }),
        ],
        [
          'name null',
          (payload) => Object.assign(payload, { contact: { ...contactOf(payload), name: null } }),
        ],
        ['name empty', (payload) => Object.assign(payload, { contact: { ...contactOf(payload), name: '' } })],
        ['uuid only', (payload) => Object.assign(payload, { contact: bareContact(payload, {}) })],
      ]),
  },
  'any-metadata': {
    group: 'content',
    level: 'required',
    needs: [],
    title: 'metadata may be absent, null, empty or full',
    why: 'it is an echo of what the sender attached, "if present".',
    fix: 'treat payload.metadata as optional, and its keys as foreign text',
    sources: ['documented: metadata, 10 pairs of 50 and 500 characters'],
    run: (trial) =>
      deliverVariants(trial, 'delivered', [
        ['no metadata', (payload) => delete payload.metadata],
        ['metadata null', (payload) => Object.assign(payload, { metadata: null })],
        ['metadata {}', (payload) => Object.assign(payload, { metadata: {} })],
        ['metadata full', (payload) => Object.assign(payload, { metadata: LONG_PAIRS })],
        [
          'metadata with __proto__',
          (payload) => Object.assign(payload, { metadata: JSON.parse('{"__proto__":"x"}') }),
        ],
      ]),
  },
  'inner-object': {
    group: 'content',
    level: 'required',
    needs: [],
    title: 'the status is taken from payload.status, whatever is inside',
    why: 'the inner object is the raw one of the provider: there are four shapes, and it may be missing.',
    fix: 'decide by payload.status; treat messageStatusPayload as unknown JSON',
    sources: ['documented: messageStatusPayload is raw', 'seen: two shapes'],
    run: (trial) =>
      deliverVariants(trial, 'delivered', [
        ['no inner object', (payload) => delete payload.messageStatusPayload],
        ['inner null', (payload) => Object.assign(payload, { messageStatusPayload: null })],
        ['inner {}', (payload) => Object.assign(payload, { messageStatusPayload: {} })],
        ['inner text', (payload) => Object.assign(payload, { messageStatusPayload: '{"type":"delivered"}' })],
        [
          'inner of Meta',
          (payload) => Object.assign(payload, { messageStatusPayload: metaObject('delivered') }),
        ],
        [
          'inner envelope',
          (payload) =>
            Object.assign(payload, {
              messageStatusPayload: { entry: [{ changes: [{ value: { statuses: [] } }] }] },
            }),
        ],
        [
          'inner unknown',
          (payload) => Object.assign(payload, { messageStatusPayload: { a: [1, { b: null }] } }),
        ],
      ]),
  },
  'new-status': {
    group: 'content',
    level: 'required',
    needs: [],
    title: 'a status that is not known changes nothing',
    why: 'providers add statuses ("played" for voice notes); an unknown word must not become the state.',
    fix: 'accept it with 200 and keep the state',
    sources: ['chatwoot/chatwoot#6295', 'nyaruka/courier#229', 'MarcosNicolau/whatsapp-business-sdk#16'],
    run: async (trial) => {
      const message = await trial.message();
      await trial.deliver(message.request('delivered'));
      await trial.expectEnd([message], { isFinal: false });
      for (const status of ['warning', 'played', 'seen']) {
        const event = message.event('delivered');
        event.payload.status = status;
        await trial.deliver(message.request(event, { label: status, status: undefined }));
      }
      await trial.expectEnd([message]);
    },
  },
  'extra-fields': {
    group: 'content',
    level: 'required',
    needs: [],
    title: 'unknown fields are accepted at every level',
    why: 'Callbell adds fields without notice (contact.bsuid in June, contact.note in July 2026).',
    fix: 'do not validate with a schema that forbids additional properties',
    sources: ['documented: new fields', 'TheMorpheus407/the-dmz#2230'],
    run: (trial) =>
      deliverVariants(trial, 'delivered', [
        [
          'extra fields',
          (payload, event) => {
            event.createdAt = '2026-01-01T00:00:00Z';
            payload.addedLater = { a: 1 };
            payload.contact = { ...contactOf(payload), addedLater: true };
            payload.messageStatusPayload = { ...Object(payload.messageStatusPayload), addedLater: [] };
          },
        ],
      ]),
  },
  'hostile-text': {
    group: 'content',
    level: 'required',
    needs: [],
    title: 'names with any characters are accepted',
    why: 'a contact names itself: emoji, right-to-left text, quotes, markup and hundreds of characters are normal.',
    fix: 'use bound parameters and a 4-byte character set, and cut long names yourself',
    sources: ['craftcms/webhooks#89', 'aaronpk/webmention.io#203', 'devlikeapro/waha#1556'],
    run: async (trial) => {
      const named =
        (name: string): Variant[1] =>
        (payload) => {
          payload.contact = { ...contactOf(payload), name };
        };
      await deliverVariants(trial, 'delivered', [
        ['emoji', named('Ada 👩‍👩‍👧 🇮🇹')],
        ['right to left', named('\u202eمحمد علی')],
        ['300 characters', named('x'.repeat(300))],
        ['quotes and markup', named(`O'Brien "<script>alert(1)</script>"`)],
        ['a line feed', named('Ada\nLovelace')],
      ]);
      const message = await trial.message();
      const event = message.event('delivered');
      named('Ada\u0000')(event.payload, event);
      const answer = await trial.send(message.request(event, { label: 'delivered, NUL' }));
      trial.expectAccepted([answer], { level: 'recommended' });
    },
  },
  'failed-variants': {
    group: 'content',
    level: 'required',
    needs: [],
    title: 'a failure without a known code is a failure',
    why: 'codes are added all the time, and some failures have none.',
    fix: 'decide by payload.status; read code and reason only for display',
    sources: ['documented: failure codes change', 'seen: errors absent or empty'],
    run: (trial) =>
      deliverVariants(trial, 'failed', [
        ['no inner object', (payload) => delete payload.messageStatusPayload],
        [
          'no code',
          (payload) => Object.assign(payload, { messageStatusPayload: { type: 'failed', payload: {} } }),
        ],
        [
          'unknown code',
          (payload) =>
            Object.assign(payload, {
              messageStatusPayload: { type: 'failed', payload: { code: 999_999, reason: 'New' } },
            }),
        ],
        [
          'code as text',
          (payload) =>
            Object.assign(payload, { messageStatusPayload: { type: 'failed', payload: { code: '1002' } } }),
        ],
        [
          'errors absent',
          (payload) => Object.assign(payload, { messageStatusPayload: metaObject('failed') }),
        ],
        [
          'errors empty',
          (payload) => Object.assign(payload, { messageStatusPayload: metaObject('failed', { errors: [] }) }),
        ],
      ]),
  },
} as const satisfies Record<string, ConformanceCase>;

function bareContact(payload: EventObject['payload'], members: object): object {
  return { uuid: contactOf(payload).uuid ?? 'c'.repeat(32), ...members };
}

function metaObject(status: string, members: object = {}): object {
  const entry = {
    id: 'wamid.SEVMTE8=',
    status,
    timestamp: '1790000000',
    recipient_id: '447700900100',
    ...members,
  };
  return { messaging: { value: { messaging_product: 'whatsapp', statuses: [entry] }, field: 'messages' } };
}
