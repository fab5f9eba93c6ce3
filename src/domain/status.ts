/**
 * The seven values of `payload.status`, in the order Callbell documents them.
 *
 * Kept free of zod so that everything which only needs the names (`--help`, the generator) starts fast.
 *
 * @example
 * ```ts
 * MESSAGE_STATUSES.filter((status) => status !== 'deleted');
 * ```
 */
export const MESSAGE_STATUSES = [
  'enqueued',
  'sent',
  'delivered',
  'read',
  'failed',
  'mismatch',
  'deleted',
] as const;

/** One of the seven statuses of a message. */
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** What is known of one status. */
export interface StatusFacts {
  /** What happened to the message, in one sentence (documented by Callbell). */
  readonly meaning: string;
  /**
   * How far the message has come: 0 `enqueued`, 1 `sent`, 2 `delivered`, 3 `read`. `null` where the status
   * is not a step of that way (assumed: Callbell documents no order).
   */
  readonly rank: number | null;
  /** Callbell still documents the status, but says that it is no longer sent. */
  readonly deprecated: boolean;
}

/** The facts of each status; a status without facts does not compile. */
export const STATUS_FACTS: Readonly<Record<MessageStatus, StatusFacts>> = {
  enqueued: { meaning: 'accepted by the WhatsApp client, not sent yet', rank: 0, deprecated: false },
  sent: { meaning: "on its way to the recipient's device", rank: 1, deprecated: false },
  delivered: { meaning: "arrived on the recipient's device", rank: 2, deprecated: false },
  read: { meaning: 'read by the recipient', rank: 3, deprecated: false },
  failed: { meaning: 'could not be delivered; the inner payload says why', rank: null, deprecated: false },
  mismatch: {
    meaning: 'WhatsApp corrected the phone number; the inner payload has the corrected one',
    rank: null,
    deprecated: false,
  },
  deleted: {
    meaning: 'deleted by the recipient; deprecated, Meta does not support it any more',
    rank: null,
    deprecated: true,
  },
};

const NAMES: ReadonlySet<unknown> = new Set(MESSAGE_STATUSES);

/**
 * Whether a value is exactly one of the seven statuses (case matters, as it does at Callbell).
 *
 * @example
 * ```ts
 * isMessageStatus('read'); // true
 * isMessageStatus('Read'); // false
 * ```
 */
export function isMessageStatus(value: unknown): value is MessageStatus {
  return NAMES.has(value);
}
