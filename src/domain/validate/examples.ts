import { EVENT_NAME } from '../event-name.ts';

/** Good events of each kind, from which the examples of the rules are made by changing one thing. */
const GOOD = {
  read: {
    uuid: 'adf3d1216d4c4dcd908199d6700f2381',
    status: 'read',
    contact: {
      uuid: 'eb2b914a977e4ab896e7b886698b3eac',
      name: 'Ada',
      phoneNumber: '447700900103',
      createdAt: '2026-01-31T14:03:00Z',
      href: 'https://dash.callbell.eu/contacts/eb2b914a977e4ab896e7b886698b3eac',
      source: 'whatsapp',
    },
    messageStatusPayload: {
      id: 'aeaa3485-321c-4e50-9d4d-506cc8d1daaa',
      gsId: 'ee4a68a0-1203-4c85-8dc3-49d0b3226a35',
      type: 'read',
      payload: { ts: 1769868180 },
      destination: '447700900103',
    },
  },
  enqueued: {
    uuid: 'adf3d1216d4c4dcd908199d6700f2381',
    status: 'enqueued',
    messageStatusPayload: {
      id: 'ee4a68a0-1203-4c85-8dc3-49d0b3226a35',
      type: 'enqueued',
      payload: { type: 'session', whatsappMessageId: 'aeaa3485-321c-4e50-9d4d-506cc8d1daaa' },
      destination: '447700900103',
    },
  },
  failed: {
    uuid: 'adf3d1216d4c4dcd908199d6700f2381',
    status: 'failed',
    messageStatusPayload: {
      id: 'ee4a68a0-1203-4c85-8dc3-49d0b3226a35',
      type: 'failed',
      payload: { code: 1002, reason: 'Number Does Not Exists On WhatsApp' },
      destination: '447700900103',
    },
  },
  mismatch: {
    uuid: 'adf3d1216d4c4dcd908199d6700f2381',
    status: 'mismatch',
    messageStatusPayload: {
      type: 'mismatch',
      payload: { wa_id: '447700900103', phone: '447700900130' },
      destination: '447700900130',
    },
  },
  cloud: {
    uuid: 'adf3d1216d4c4dcd908199d6700f2381',
    status: 'delivered',
    messageStatusPayload: {
      messaging: {
        value: {
          messaging_product: 'whatsapp',
          metadata: { display_phone_number: '447700900900', phone_number_id: '106540352242922' },
          statuses: [
            {
              id: 'wamid.HBgMNDQ3NzAwOTAwMTIzFQIAERgSOUFFOTEyMDk1OEFGQzgwMTMxAA==',
              status: 'delivered',
              timestamp: '1769868180',
              recipient_id: '447700900123',
            },
          ],
        },
        field: 'messages',
      },
    },
  },
} as const;

/** The name of a good event. */
export type GoodEvent = keyof typeof GOOD;

/** A change of one value; without `to`, it is taken away. */
export interface Change {
  readonly at: readonly (string | number)[];
  readonly to?: unknown;
}

/** A good event of a kind, with some changes. */
export function exampleEvent(of: GoodEvent, ...changes: readonly Change[]): unknown {
  const event: unknown = structuredClone({ event: EVENT_NAME, payload: GOOD[of] });
  for (const { at, to } of changes) {
    const key = at.at(-1) ?? '';
    let parent = event as Record<string | number, unknown>;
    for (const step of at.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>;
    if (to === undefined) delete parent[key];
    else parent[key] = to;
  }
  return event;
}

/** Events one a line, as a capture has them. */
export function exampleLines(...events: readonly unknown[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

/** One event as a document. */
export function exampleDocument(event: unknown): string {
  return `${JSON.stringify(event, null, 2)}\n`;
}
