import type { StatusEvent } from '../event.ts';
import { buildGupshup } from '../providers/gupshup.ts';
import type { MessageStatus } from '../status.ts';
import type { Entropy } from './entropy.ts';
import { generateIdentity } from './identity.ts';

/** What {@link generateEvent} is asked for. */
export interface GenerateOptions {
  readonly status: MessageStatus;
}

/** The failure Callbell's page names as its example, in the first of Gupshup's two spellings (documented). */
const NUMBER_NOT_ON_WHATSAPP = { code: 1002, reason: 'Number Does Not Exists On WhatsApp' };

/**
 * Generates one event of a new message, in the shape Callbell documents: the envelope, the contact and
 * Gupshup's raw object. Pure: the same options and entropy give the same event.
 */
export function generateEvent({ status }: GenerateOptions, entropy: Entropy): StatusEvent {
  const identity = generateIdentity(entropy);
  return {
    event: 'message_status_updated',
    payload: {
      uuid: identity.uuid,
      status,
      contact: identity.contact,
      messageStatusPayload: buildGupshup({
        status,
        timeSeconds: Math.floor(entropy.nowMilliseconds / 1000),
        destination: identity.phone,
        gupshupId: identity.gupshupId,
        whatsappId: identity.whatsappId,
        requestedNumber: identity.requestedPhone,
        inboundId: identity.inboundId,
        failure: NUMBER_NOT_ON_WHATSAPP,
      }),
    },
  };
}
