import type { JsonSchema } from '../json-schema.ts';

/*
 * The objects of the providers as their owners document them today, for types and their guards. All but the members
 * that make the shape are optional: each of them was seen to be missing. Texts of open sets are texts, because
 * providers add values.
 */

const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const described = <Schema extends JsonSchema>(schema: Schema, description: string) => ({
  ...schema,
  description,
});

const GUPSHUP_PRICING = {
  type: 'object',
  properties: {
    policy: described(text, 'PMP since July 2025'),
    category: described(text, 'marketing, utility, authentication, service …'),
    type: described(text, 'regular, free_customer_service, free_entry_point'),
  },
} as const satisfies JsonSchema;

/** Gupshup's object (version 2), of which Callbell publishes two examples. */
export const GUPSHUP_PAYLOAD = {
  type: 'object',
  title: 'GupshupPayload',
  description:
    "Gupshup's object: its own word for the status is `type`, and what belongs to it is in `payload`.",
  properties: {
    type: text,
    id: described(text, "the id on WhatsApp's side; Gupshup's own where there is no gsId"),
    gsId: described(text, "Gupshup's id; absent for enqueued, failures at once, and after a week"),
    destination: described(
      text,
      'digits without a plus sign; may differ from the number that was written to',
    ),
    payload: {
      type: 'object',
      properties: {
        ts: described(number, 'unix seconds; not with enqueued and failed'),
        type: described(text, 'of enqueued: session'),
        whatsappMessageId: described(text, 'of enqueued: the id that later events have as id'),
        code: described(number, 'of failed'),
        reason: described(text, 'of failed; match on the code, texts are spelt in more than one way'),
        wa_id: described(text, 'of mismatch: the number as WhatsApp knows it'),
        phone: described(text, 'of mismatch: the number that was written to'),
      },
    },
    pricing: described(GUPSHUP_PRICING, 'with sent; optional'),
    conversation: {
      type: 'object',
      properties: { id: text, expiresAt: described(number, 'unix seconds'), type: text },
    },
    userId: described(text, 'the business-scoped id of the recipient, where the partner asked for it'),
  },
  required: ['type', 'payload'],
} as const satisfies JsonSchema;

const CLOUD_ERROR = {
  type: 'object',
  title: 'CloudError',
  properties: {
    code: number,
    title: described(text, 'to be deprecated; match on the code'),
    message: text,
    error_data: { type: 'object', properties: { details: text } },
    href: text,
  },
} as const satisfies JsonSchema;

const CLOUD_STATUS = {
  type: 'object',
  title: 'CloudStatus',
  description: "One status of Meta's Cloud API.",
  properties: {
    id: described(text, 'wamid.…; holds the number or the business-scoped id of the recipient'),
    status: described(text, 'sent, delivered, read, failed, played …'),
    timestamp: described(text, 'unix seconds as text: when the webhook was triggered'),
    recipient_id: described(text, 'digits, or the id of a group; absent where the number is withheld'),
    recipient_user_id: described(text, 'the business-scoped id of the recipient, since April 2026'),
    pricing: {
      type: 'object',
      properties: {
        billable: described({ type: 'boolean' }, 'to be deprecated; use type and category'),
        pricing_model: described(text, 'PMP since July 2025'),
        category: described(text, 'marketing, utility, authentication, service …'),
        type: described(text, 'regular, free_customer_service, free_entry_point'),
      },
    },
    conversation: {
      type: 'object',
      properties: {
        id: text,
        expiration_timestamp: described(text, 'unix seconds as text'),
        origin: { type: 'object', properties: { type: text } },
      },
    },
    errors: described({ type: 'array', items: CLOUD_ERROR }, 'of failed; was seen to be missing there'),
    biz_opaque_callback_data: text,
  },
  required: ['status'],
} as const satisfies JsonSchema;

/** Meta's change as two clients of Callbell read it. */
export const CLOUD_PAYLOAD = {
  type: 'object',
  title: 'CloudPayload',
  description: "Meta's Cloud API object: one status or several in `messaging.value.statuses`.",
  properties: {
    messaging: {
      type: 'object',
      properties: {
        field: text,
        value: {
          type: 'object',
          properties: {
            messaging_product: text,
            metadata: {
              type: 'object',
              properties: { display_phone_number: text, phone_number_id: text },
            },
            contacts: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  wa_id: text,
                  user_id: described(text, 'the business-scoped id'),
                  profile: {
                    type: 'object',
                    properties: { name: text, username: text },
                  },
                },
              },
            },
            statuses: { type: 'array', items: CLOUD_STATUS },
          },
          required: ['statuses'],
        },
      },
      required: ['value'],
    },
  },
  required: ['messaging'],
} as const satisfies JsonSchema;

/** The objects of the known providers. */
export const PAYLOAD_SCHEMAS: readonly JsonSchema[] = [GUPSHUP_PAYLOAD, CLOUD_PAYLOAD];
