import { nearest } from './nearest.ts';
import { MESSAGE_STATUSES, type MessageStatus } from './status.ts';

/**
 * Words of other systems for a status. `accepted`, `queued`, `seen`, `delivered_to_recipient` and `played` are
 * documented by Meta, YCloud, Exotel and 8x8, `undelivered` is Twilio's; the others are assumed.
 */
const SYNONYMS: Readonly<Record<MessageStatus, readonly string[]>> = {
  enqueued: ['accepted', 'queued', 'submitted', 'pending', 'scheduled', 'buffered'],
  sent: ['sending', 'dispatched'],
  delivered: ['delivered_to_recipient'],
  read: ['seen', 'viewed', 'opened', 'played'],
  failed: [
    ...['undelivered', 'not_delivered', 'undeliverable', 'delivery_failed'],
    ...['error', 'rejected', 'expired'],
  ],
  mismatch: [],
  deleted: ['removed', 'revoked'],
};

const MEANINGS: ReadonlyMap<string, MessageStatus> = new Map(
  MESSAGE_STATUSES.flatMap((status) => [status, ...SYNONYMS[status]].map((word) => [word, status] as const)),
);
const WORDS = [...MEANINGS.keys()];

/**
 * Returns the status that was probably meant: another system's word for it, or one that is spelt nearly so. A word
 * that is near `undelivered` is never answered with `delivered`.
 */
export function suggestStatus(written: string): MessageStatus | undefined {
  const word = written
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return MEANINGS.get(word) ?? MEANINGS.get(nearest(word, WORDS) ?? '');
}
