// Made from the zod schema in event.ts by `npm run schema`; a test fails where the two differ.

/** The JSON Schema (draft 2020-12) of the event, as data: what the validator reads, without loading zod. */
export const EVENT_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    event: { type: 'string', const: 'message_status_updated' },
    payload: {
      type: 'object',
      properties: {
        uuid: {
          type: 'string',
          pattern: '^[0-9a-f]{32}$',
          description: 'the uuid of the message, not of the event: several events share it',
        },
        status: {
          type: 'string',
          enum: ['enqueued', 'sent', 'delivered', 'read', 'failed', 'mismatch', 'deleted'],
        },
        metadata: {
          description: "the sender's own key/value pairs, where some were attached",
          anyOf: [{ type: 'object', properties: {}, additionalProperties: {} }, { type: 'null' }],
        },
        contact: {
          anyOf: [
            {
              type: 'object',
              properties: {
                uuid: { type: 'string' },
                name: { type: ['string', 'null'] },
                phoneNumber: {
                  description: 'with or without plus sign and spaces; none for a BSUID-only contact',
                  type: ['string', 'null'],
                },
                avatarUrl: { type: ['string', 'null'] },
                createdAt: { description: 'ISO 8601', type: ['string', 'null'] },
                closedAt: { description: 'ISO 8601', type: ['string', 'null'] },
                blockedAt: { description: 'ISO 8601', type: ['string', 'null'] },
                source: { type: 'string' },
                href: { type: ['string', 'null'] },
                conversationHref: { type: ['string', 'null'] },
                tags: { anyOf: [{ type: 'array', items: { type: 'string' } }, { type: 'null' }] },
                assignedUser: { description: 'an e-mail address', type: ['string', 'null'] },
                customFields: {
                  anyOf: [{ type: 'object', properties: {}, additionalProperties: {} }, { type: 'null' }],
                },
                customFieldsMetadata: {
                  anyOf: [{ type: 'object', properties: {}, additionalProperties: {} }, { type: 'null' }],
                },
                funnelId: {},
                team: {
                  anyOf: [
                    {
                      type: 'object',
                      properties: {
                        uuid: { type: 'string' },
                        name: { type: ['string', 'null'] },
                        default: { type: 'boolean' },
                        members: { type: ['number', 'null'] },
                        createdAt: { type: ['string', 'null'] },
                      },
                      additionalProperties: {},
                    },
                    { type: 'null' },
                  ],
                },
                channel: {
                  anyOf: [
                    {
                      type: 'object',
                      properties: {
                        uuid: { type: 'string' },
                        title: { type: ['string', 'null'] },
                        type: { type: ['string', 'null'] },
                        main: { type: ['boolean', 'null'] },
                        discardedAt: { type: ['string', 'boolean', 'null'] },
                      },
                      additionalProperties: {},
                    },
                    { type: 'null' },
                  ],
                },
                bsuid: { type: ['string', 'null'] },
                note: { description: 'at most 1000 characters', type: ['string', 'null'] },
              },
              additionalProperties: {},
              title: 'Contact',
              description: 'The contact a message was sent to; every key may be missing.',
            },
            { type: 'null' },
          ],
        },
        messageStatusPayload: {
          title: 'MessageStatusPayload',
          description: 'the raw object of the WhatsApp provider; nothing promises its shape or presence',
        },
      },
      required: ['uuid', 'status'],
      additionalProperties: {},
    },
  },
  required: ['event', 'payload'],
  additionalProperties: {},
  title: 'message_status_updated',
} as const;
