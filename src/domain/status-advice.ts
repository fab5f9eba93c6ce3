import type { MessageStatus } from './status.ts';

/** When a status happens and what a handler should make of it. */
export interface StatusAdvice {
  readonly when: string;
  readonly handler: string;
}

/** The advice for each status; a status without advice does not compile. */
export const STATUS_ADVICE: Readonly<Record<MessageStatus, StatusAdvice>> = {
  enqueued: {
    when: 'Right after the send call, sometimes before its answer is back. It may be left out.',
    handler: 'Keep it as the first step; do not wait for it.',
  },
  sent: {
    when: 'WhatsApp took the message; the recipient may be offline.',
    handler: 'Move forward from enqueued. A sent that arrives after delivered or read is ignored.',
  },
  delivered: {
    when: 'The device of the recipient has the message. It may be missing before read.',
    handler: 'Move forward, and take back a failed that was seen before.',
  },
  read: {
    when: 'The recipient opened the chat, if read receipts are not turned off.',
    handler: 'The last step: nothing that comes later moves the message back.',
  },
  failed: {
    when: 'At once, for a number that cannot be reached, or hours later, handed on from Meta.',
    handler:
      'Count it only while nothing later than sent was seen. Match on the code of the inner payload, not on its text.',
  },
  mismatch: {
    when: 'WhatsApp knows the recipient under another number than the one that was asked for.',
    handler:
      'Store the corrected number (wa_id in the inner payload). A side note: the other statuses follow.',
  },
  deleted: {
    when: 'Not any more: Meta does not support it.',
    handler: 'Answer 200 and change nothing.',
  },
};
