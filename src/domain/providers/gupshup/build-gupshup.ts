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

function buildStep(step: ProviderStep, message: ProviderMessage): Built {
  const { status, timeSeconds } = step;
  const { gupshupId: gsId, whatsappId: id } = message.ids;
  const destination = destinationOf(step, message);
  switch (status) {
    case 'enqueued': {
      const { isTemplate }: Category = CATEGORIES[message.form.category];
      const payload = { type: isTemplate ? 'template' : 'session', whatsappMessageId: id };
      return { id: gsId, type: status, payload, destination };
    }
    case 'sent':
      return {
        ...idsAt(step, message),
        type: status,
        payload: { ts: timeSeconds },
        destination,
        ...sides(step, message),
      };
    case 'delivered':
    case 'read':
      return { ...idsAt(step, message), type: status, payload: { ts: timeSeconds }, destination };
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

/** The number as it was dialled up to the correction, then the WhatsApp id (documented for `sent`). */
function destinationOf({ status }: ProviderStep, message: ProviderMessage): string | undefined {
  const { phone, requestedPhone, bsuid } = message;
  if (requestedPhone !== undefined && (status === 'enqueued' || status === 'mismatch')) return requestedPhone;
  return phone ?? bsuid;
}

const WEEK_SECONDS = 7 * 86_400;

/** Events more than a week after the send have no gsId (documented). */
function idsAt({ timeSeconds }: ProviderStep, { ids, beganSeconds }: ProviderMessage): Built {
  const { whatsappId: id, gupshupId: gsId } = ids;
  return timeSeconds - beganSeconds > WEEK_SECONDS ? { id } : { id, gsId };
}

function buildFailed(step: ProviderStep, message: ProviderMessage, destination: string | undefined): Built {
  const { status, failure } = step;
  const payload =
    failure === undefined ? {} : { code: failure.fact.code, reason: failureText('gupshup', failure.fact) };
  if (!failure?.isLate) return { id: message.ids.gupshupId, type: status, payload, destination };
  const ids = idsAt(step, message);
  return { ...ids, ...ownFailureId(message), type: status, payload, destination };
}

function ownFailureId({ draws, form }: ProviderMessage): Built {
  if (!form.variants.has('failure-id')) return {};
  const toId = form.variants.has('short-id') ? shortMessageId : gupshupMessageId;
  return { id: toId(draws.hex('failure')) };
}

/** Id of a message of the recipient: documented in the old form only, which needs a number. */
function inboundId({ draws, phone, form }: ProviderMessage): string {
  return form.era.gupshupIds === 'on-premises' && phone !== undefined
    ? whatsappMessageId(draws, phone, 'inbound')
    : gupshupMessageId(draws.hex('inbound'));
}

/** `pricing` and `conversation` go with `sent` only (documented). */
function sides({ timeSeconds }: ProviderStep, { form, draws }: ProviderMessage): Built {
  const { era, category, price, variants } = form;
  const built: Built = {};
  if (era.pricing === 'CBP' || variants.has('conversation')) {
    const expiresAt = endOfConversation(timeSeconds, era);
    built.conversation = { id: draws.hex('conversation'), expiresAt, type: category };
  }
  if (!variants.has('no-pricing')) {
    built.pricing =
      era.pricing === 'CBP' ? { policy: 'CBP', category } : { policy: 'PMP', category, type: price.type };
  }
  return built;
}
