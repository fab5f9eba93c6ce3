import type { JsonObject } from '../json.ts';
import type { Entropy } from './entropy.ts';
import { drawFictionalNumber } from './fictional-numbers.ts';

/** The sending side: what is the same in all events of a run. */
export interface Account {
  /** The business's own number, digits only, from a range reserved for fiction. */
  readonly phone: string;
  /** Meta's id of that number. */
  readonly phoneNumberId: string;
  /** The Callbell team that a contact belongs to. */
  readonly team: JsonObject;
  /** The Callbell channel that the message went through. */
  readonly channel: JsonObject;
}

/** Draws the account of a run. */
export function drawAccount({ account: draws }: Entropy): Account {
  return {
    phone: drawFictionalNumber(draws, ['GB']),
    phoneNumberId: String(100_000_000_000_000 + draws.below('bsuid', 2 ** 32)),
    team: {
      uuid: draws.hex('contact'),
      name: 'Support',
      default: true,
      members: 3,
      createdAt: '2024-03-11T09:30:00Z',
    },
    channel: {
      uuid: draws.hex('chat'),
      title: 'WhatsApp',
      type: 'whatsapp',
      main: true,
      discardedAt: null,
    },
  };
}
