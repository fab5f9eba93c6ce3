import type { MessageStatus } from './status.ts';

/** When a status happens and what a handler should make of it. */
export interface StatusAdvice {
  readonly when: string;
  readonly handler: string;
}

/** Advice for each status; a status without advice does not compile. */
export const STATUS_ADVICE: Readonly<Record<MessageStatus, StatusAdvice>> = {
  enqueued: {
    when: 'Right after the send call, sometimes before its answer is back. Meta has no such status, so Cloud channels may leave it out.',
    handler: 'Keep it as the first step; do not wait for it.',
  },
  sent: {
    when: 'WhatsApp took the message. It stays the last one where the recipient blocked the number or is away: WhatsApp drops a message after 30 days (authentication templates after 10 minutes), and no event says so.',
    handler: 'Move forward from enqueued. A sent that arrives after delivered or read is ignored.',
  },
  delivered: {
    when: 'The device of the recipient has the message, mostly within seconds, sometimes after days. Meta leaves it out where the message is read as it arrives.',
    handler: 'Move forward, and take back a failed that was seen before.',
  },
  read: {
    when: 'The message was displayed in an open chat. It never comes where read receipts are turned off.',
    handler: 'The last step: nothing that comes later moves the message back.',
  },
  failed: {
    when: 'At once, in place of sent, or seconds after it. Its code says which, and whether a retry makes sense: explain <code>.',
    handler:
      'Count it only while nothing later than sent was seen. Match on the code of the inner payload, not on its text. Retry only what can be retried: 131049 after 24 hours, throttled and server faults later, the rest not unchanged.',
  },
  mismatch: {
    when: 'WhatsApp knows the recipient under another number than the one that was asked for. Rare: mostly only the destination of sent differs.',
    handler:
      'Store the corrected number (wa_id in the inner payload). A side note: the other statuses follow.',
  },
  deleted: {
    when: 'Not any more: Meta does not support it. At Gupshup it was about a message of the user, not about yours.',
    handler: 'Answer 200 and change nothing.',
  },
};
