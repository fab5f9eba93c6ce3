/** A `message_status_updated` event of Callbell. Unknown keys occur: Callbell adds some without notice. */
export interface MessageStatusUpdated {
  event: 'message_status_updated';
  payload: {
    /** the uuid of the message, not of the event: several events share it */
    uuid: string;
    status: 'enqueued' | 'sent' | 'delivered' | 'read' | 'failed' | 'mismatch' | 'deleted';
    /** the sender's own key/value pairs, where some were attached */
    metadata?: {
      [key: string]: unknown;
    } | null;
    contact?: {
      uuid?: string;
      name?: string | null;
      /** with or without plus sign and spaces; none for a BSUID-only contact */
      phoneNumber?: string | null;
      avatarUrl?: string | null;
      /** ISO 8601 */
      createdAt?: string | null;
      /** ISO 8601 */
      closedAt?: string | null;
      /** ISO 8601 */
      blockedAt?: string | null;
      source?: string;
      href?: string | null;
      conversationHref?: string | null;
      tags?: string[] | null;
      /** an e-mail address */
      assignedUser?: string | null;
      customFields?: {
        [key: string]: unknown;
      } | null;
      funnelId?: unknown;
      team?: {
        uuid?: string;
        name?: string | null;
        default?: boolean;
        members?: unknown;
        createdAt?: string | null;
        [key: string]: unknown;
      } | null;
      channel?: {
        uuid?: string;
        title?: string | null;
        type?: string | null;
        main?: boolean | null;
        discardedAt?: string | null;
        [key: string]: unknown;
      } | null;
      bsuid?: string | null;
      /** at most 1000 characters */
      note?: string | null;
      [key: string]: unknown;
    } | null;
    /** the raw object of the WhatsApp provider; nothing promises its shape or presence */
    messageStatusPayload?: unknown;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}
