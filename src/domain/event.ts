import { z } from 'zod';
import { EVENT_NAME } from './event-name.ts';
import { MESSAGE_STATUSES } from './status.ts';
import type { Contact, MessageStatusPayload, MessageStatusUpdated } from './status-event.ts';

/*
 * The one source of the event's shape. At run time nothing checks with it: loading zod would cost more than
 * checking a file does. What it says is written to event-schema.ts as JSON Schema (`npm run schema`), which
 * the validator reads; a test fails where the two differ.
 */

/** The pattern of every uuid Callbell gives out: 32 lower-case hex digits without dashes (documented). */
const CALLBELL_UUID = /^[0-9a-f]{32}$/;

const text = z.string();
const nullableText = z.string().nullable();

const teamSchema = z
  .looseObject({
    uuid: text,
    name: nullableText,
    default: z.boolean(),
    members: z.number().nullable(),
    createdAt: nullableText,
  })
  .exactPartial();

const channelSchema = z
  .looseObject({
    uuid: text,
    title: nullableText,
    type: nullableText,
    main: z.boolean().nullable(),
    // The table of Callbell says a text, its examples have booleans (documented), and a capture had null (seen).
    discardedAt: z.union([text, z.boolean(), z.null()]),
  })
  .exactPartial();

/** The contact a message was sent to. Every key is optional in practice (seen); unknown keys are kept. */
const contactSchema = z
  .looseObject({
    uuid: text,
    name: nullableText,
    phoneNumber: nullableText.meta({
      description: 'with or without plus sign and spaces; none for a BSUID-only contact',
    }),
    avatarUrl: nullableText,
    createdAt: nullableText.meta({ description: 'ISO 8601' }),
    closedAt: nullableText.meta({ description: 'ISO 8601' }),
    blockedAt: nullableText.meta({ description: 'ISO 8601' }),
    source: text,
    href: nullableText,
    conversationHref: nullableText,
    tags: z.array(text).nullable(),
    assignedUser: nullableText.meta({ description: 'an e-mail address' }),
    customFields: z.looseObject({}).nullable(),
    customFieldsMetadata: z.looseObject({}).nullable(),
    funnelId: z.unknown(),
    team: teamSchema.nullable(),
    channel: channelSchema.nullable(),
    bsuid: nullableText,
    note: nullableText.meta({ description: 'at most 1000 characters' }),
  })
  .exactPartial()
  .meta({ title: 'Contact', description: 'The contact a message was sent to; every key may be missing.' });

const providerPayload: z.ZodType<MessageStatusPayload> = z.unknown().meta({
  title: 'MessageStatusPayload',
  description: 'the raw object of the WhatsApp provider; nothing promises its shape or presence',
}) as z.ZodType<MessageStatusPayload>;

/**
 * The event as Callbell documents it: `{event, payload}`. Loose everywhere, because Callbell adds keys
 * without notice (documented): unknown keys are accepted and kept.
 *
 * @example
 * ```ts
 * const { payload } = statusEventSchema.parse(JSON.parse(body)); // throws a ZodError where it does not fit
 * ```
 */
export const statusEventSchema = z
  .looseObject({
    event: z.literal(EVENT_NAME),
    payload: z.looseObject({
      uuid: text.regex(CALLBELL_UUID).meta({
        description: 'the uuid of the message, not of the event: several events share it',
      }),
      status: z.enum(MESSAGE_STATUSES),
      metadata: z
        .looseObject({})
        .nullable()
        .exactOptional()
        .meta({ description: "the sender's own key/value pairs, where some were attached" }),
      contact: contactSchema.nullable().exactOptional(),
      messageStatusPayload: providerPayload.exactOptional(),
    }),
  })
  .meta({ title: EVENT_NAME });

/** A `message_status_updated` event. */
export type StatusEvent = MessageStatusUpdated;

/** The contact inside a {@link StatusEvent}. */
export type { Contact };
