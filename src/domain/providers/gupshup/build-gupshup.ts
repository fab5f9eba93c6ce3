import { failureText } from '../../failures.ts';
import { CATEGORIES, type Category } from '../../generate/categories.ts';
import { endOfConversation } from '../../generate/conversation.ts';
import { gupshupMessageId, shortMessageId, whatsappMessageId } from '../../generate/ids.ts';
import type { JsonObject } from '../../json.ts';
import type { ProviderMessage, ProviderStep } from '../provider.ts';

/** Builds the object as Gupshup documents it for each status; a number that is withheld cannot be corrected. */
export function buildGupshup(step: ProviderStep, message: ProviderMessage): JsonObject | undefined {
  if (step.status === 'mismatch' && message.phone === undefined) return undefined;
  const object = buildStep(step, message);
  // Documented, but only where the partner switched it on. Without a number it is all there is (assumed).
  const hasUserId = message.form.variants.has('user-id') || message.phone === undefined;
  if (hasUserId && message.bsuid !== undefined) object.userId = message.bsuid;
  return object;
}

type Built = Record<string, unknown>;

// Written out and assigned one by one: spreading objects together takes longer than all the rest of an event.
function buildStep(step: ProviderStep, message: ProviderMessage): Built {
  const { status, timeSeconds } = step;
  const destination = destinationOf(step, message);
  switch (status) {
    case 'enqueued': {
      const { isTemplate }: Category = CATEGORIES[message.form.category];
      const { gupshupId, whatsappId: whatsappMessageId } = message.ids;
      const payload = { type: isTemplate ? 'template' : 'session', whatsappMessageId };
      return { id: gupshupId, type: status, payload, destination };
    }
    case 'sent': {
      const object = buildReceipt(step, message, { ts: timeSeconds }, destination);
      addSides(object, step, message);
      return object;
    }
    case 'delivered':
    case 'read':
      return buildReceipt(step, message, { ts: timeSeconds }, destination);
    case 'failed':
      return buildFailed(step, message, destination);
    case 'mismatch':
      // No id is documented to go with it, so there is none.
      return { type: status, payload: { wa_id: message.phone, phone: destination }, destination };
    case 'deleted':
      return { id: inboundId(message), type: status, payload: { ts: timeSeconds }, destination };
    default:
      return status satisfies never;
  }
}

const WEEK_SECONDS = 7 * 86_400;

/** Builds what comes after WhatsApp had the message; more than a week after the send it has no gsId (documented). */
function buildReceipt(
  { status: type, timeSeconds }: ProviderStep,
  { ids, beganSeconds }: ProviderMessage,
  payload: JsonObject,
  destination: string | undefined,
): Built {
  const { whatsappId: id, gupshupId: gsId } = ids;
  return timeSeconds - beganSeconds > WEEK_SECONDS
    ? { id, type, payload, destination }
    : { id, gsId, type, payload, destination };
}

/** The number as it was dialled up to the correction, then the WhatsApp id (documented for `sent`). */
function destinationOf({ status }: ProviderStep, message: ProviderMessage): string | undefined {
  const { phone, requestedPhone, bsuid } = message;
  if (requestedPhone !== undefined && (status === 'enqueued' || status === 'mismatch')) return requestedPhone;
  return phone ?? bsuid;
}

function buildFailed(step: ProviderStep, message: ProviderMessage, destination: string | undefined): Built {
  const { failure } = step;
  const payload =
    failure === undefined ? {} : { code: failure.fact.code, reason: failureText('gupshup', failure.fact) };
  if (!failure?.isLate) return { id: message.ids.gupshupId, type: step.status, payload, destination };
  const object = buildReceipt(step, message, payload, destination);
  if (message.form.variants.has('failure-id')) object.id = ownFailureId(message);
  return object;
}

function ownFailureId({ draws, form }: ProviderMessage): string {
  const digits = draws.hex('failure');
  return form.variants.has('short-id') ? shortMessageId(digits) : gupshupMessageId(digits);
}

/** Id of a message of the recipient: documented in the old form only, which needs a number. */
function inboundId({ draws, phone, form }: ProviderMessage): string {
  return form.era.gupshupIds === 'on-premises' && phone !== undefined
    ? whatsappMessageId(draws, phone, 'inbound')
    : gupshupMessageId(draws.hex('inbound'));
}

/** `pricing` and `conversation` go with `sent` only (documented). */
function addSides(object: Built, { timeSeconds }: ProviderStep, { form, draws }: ProviderMessage): void {
  const { era, category, price, variants } = form;
  if (era.pricing === 'CBP' || variants.has('conversation')) {
    const expiresAt = endOfConversation(timeSeconds, era);
    object.conversation = { id: draws.hex('conversation'), expiresAt, type: category };
  }
  if (variants.has('no-pricing')) return;
  object.pricing =
    era.pricing === 'CBP' ? { policy: 'CBP', category } : { policy: 'PMP', category, type: price.type };
}
