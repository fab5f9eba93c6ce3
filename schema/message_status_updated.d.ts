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
    contact?: Contact | null;
    /** the raw object of the WhatsApp provider; nothing promises its shape or presence */
    messageStatusPayload?: MessageStatusPayload;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** The contact a message was sent to; every key may be missing. */
export interface Contact {
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
  customFieldsMetadata?: {
    [key: string]: unknown;
  } | null;
  funnelId?: unknown;
  team?: {
    uuid?: string;
    name?: string | null;
    default?: boolean;
    members?: number | null;
    createdAt?: string | null;
    [key: string]: unknown;
  } | null;
  channel?: {
    uuid?: string;
    title?: string | null;
    type?: string | null;
    main?: boolean | null;
    discardedAt?: string | boolean | null;
    [key: string]: unknown;
  } | null;
  bsuid?: string | null;
  /** at most 1000 characters */
  note?: string | null;
  [key: string]: unknown;
}

/** Gupshup's object: its own word for the status is `type`, and what belongs to it is in `payload`. */
export interface GupshupPayload {
  type: string;
  /** the id on WhatsApp's side; Gupshup's own where there is no gsId */
  id?: string;
  /** Gupshup's id; absent for enqueued, failures at once, and after a week */
  gsId?: string;
  /** digits without a plus sign; may differ from the number that was written to */
  destination?: string;
  payload: {
    /** unix seconds; not with enqueued and failed */
    ts?: number;
    /** of enqueued: session */
    type?: string;
    /** of enqueued: the id that later events have as id */
    whatsappMessageId?: string;
    /** of failed */
    code?: number;
    /** of failed; match on the code, texts are spelt in more than one way */
    reason?: string;
    /** of mismatch: the number as WhatsApp knows it */
    wa_id?: string;
    /** of mismatch: the number that was written to */
    phone?: string;
    [key: string]: unknown;
  };
  /** with sent; optional */
  pricing?: {
    /** PMP since July 2025 */
    policy?: string;
    /** marketing, utility, authentication, service … */
    category?: string;
    /** regular, free_customer_service, free_entry_point */
    type?: string;
    [key: string]: unknown;
  };
  conversation?: {
    id?: string;
    /** unix seconds */
    expiresAt?: number;
    type?: string;
    [key: string]: unknown;
  };
  /** the business-scoped id of the recipient, where the partner asked for it */
  userId?: string;
  [key: string]: unknown;
}

/** Meta's Cloud API object: one status or several in `messaging.value.statuses`. */
export interface CloudPayload {
  messaging: {
    field?: string;
    value: {
      messaging_product?: string;
      metadata?: {
        display_phone_number?: string;
        phone_number_id?: string;
        [key: string]: unknown;
      };
      contacts?: {
        wa_id?: string;
        /** the business-scoped id */
        user_id?: string;
        profile?: {
          name?: string;
          username?: string;
          [key: string]: unknown;
        };
        [key: string]: unknown;
      }[];
      statuses: CloudStatus[];
      [key: string]: unknown;
    };
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** One status of Meta's Cloud API. */
export interface CloudStatus {
  /** wamid.…; holds the number or the business-scoped id of the recipient */
  id?: string;
  /** sent, delivered, read, failed, played … */
  status: string;
  /** unix seconds as text: when the webhook was triggered */
  timestamp?: string;
  /** digits, or the id of a group; absent where the number is withheld */
  recipient_id?: string;
  /** the business-scoped id of the recipient, since April 2026 */
  recipient_user_id?: string;
  pricing?: {
    /** to be deprecated; use type and category */
    billable?: boolean;
    /** PMP since July 2025 */
    pricing_model?: string;
    /** marketing, utility, authentication, service … */
    category?: string;
    /** regular, free_customer_service, free_entry_point */
    type?: string;
    [key: string]: unknown;
  };
  conversation?: {
    id?: string;
    /** unix seconds as text */
    expiration_timestamp?: string;
    origin?: {
      type?: string;
      [key: string]: unknown;
    };
    [key: string]: unknown;
  };
  /** of failed; was seen to be missing there */
  errors?: CloudError[];
  biz_opaque_callback_data?: string;
  [key: string]: unknown;
}

export interface CloudError {
  code?: number;
  /** to be deprecated; match on the code */
  title?: string;
  message?: string;
  error_data?: {
    details?: string;
    [key: string]: unknown;
  };
  href?: string;
  [key: string]: unknown;
}

/** The raw object of the WhatsApp provider; nothing promises its shape or presence. */
export type MessageStatusPayload = GupshupPayload | CloudPayload | OtherPayload;

/** What another provider put there: an object as a rule. */
export type OtherPayload = { [key: string]: unknown } | unknown[] | string | number | boolean | null;
