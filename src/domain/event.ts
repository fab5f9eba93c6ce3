import { z } from 'zod';
import { MESSAGE_STATUSES } from './status.ts';

/** The value of `event` that this package is about. */
export const EVENT_NAME = 'message_status_updated';

/** The pattern of every uuid Callbell gives out: 32 lower-case hex digits without dashes (documented). */
const CALLBELL_UUID = /^[0-9a-f]{32}$/;

const text = z.string();
const nullableText = z.string().nullable();

/** The contact a message was sent to. Every key is optional in practice (seen); unknown keys are kept. */
const contactSchema = z
  .looseObject({
    uuid: text,
    name: nullableText,
    phoneNumber: nullableText,
    avatarUrl: nullableText,
    createdAt: nullableText,
    closedAt: nullableText,
    blockedAt: nullableText,
    source: text,
    href: text,
    conversationHref: nullableText,
    tags: z.array(text),
    assignedUser: nullableText,
    customFields: z.looseObject({}).nullable(),
    team: z.looseObject({}).nullable(),
    channel: z.looseObject({}).nullable(),
    bsuid: nullableText,
    note: nullableText,
  })
  .partial();

/**
 * The event as Callbell documents it: `{event, payload}`. Loose everywhere, because Callbell adds keys
 * without notice (documented): unknown keys are accepted and kept.
 */
export const statusEventSchema = z.looseObject({
  event: z.literal(EVENT_NAME),
  payload: z.looseObject({
    /** The uuid of the message, not of the event: several events share it (documented). */
    uuid: text.regex(CALLBELL_UUID),
    status: z.enum(MESSAGE_STATUSES),
    /** Echo of the sender's own pairs, present only if the sender attached some (documented). */
    metadata: z.looseObject({}).optional(),
    contact: contactSchema.optional(),
    /** The raw object of the WhatsApp provider underneath; nothing promises its shape or presence. */
    messageStatusPayload: z.unknown().optional(),
  }),
});

/** A `message_status_updated` event. */
export type StatusEvent = z.infer<typeof statusEventSchema>;

/** The contact inside a {@link StatusEvent}. */
export type Contact = z.infer<typeof contactSchema>;
