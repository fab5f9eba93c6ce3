import type { JsonObject } from '../json.ts';
import type { Draws, Entropy } from './entropy.ts';
import { type Country, drawFictionalNumber } from './fictional-numbers.ts';

/** The sending side: what is the same in all events of a run. */
export interface Account {
  /** The business's own number, digits only, from a range that reaches nobody. */
  readonly phone: string;
  /** Meta's id of that number. */
  readonly phoneNumberId: string;
  /** The Callbell team that a contact belongs to. */
  readonly team: JsonObject;
  /** The Callbell channel that the message went through. */
  readonly channel: JsonObject;
}

const TEAMS = ['Support', 'Sales', 'Reservations', 'Administración', 'Atendimento'] as const;

/** Draws the account of a run, in the first country of its recipients. */
export function drawAccount({ account: draws }: Entropy, country: Country): Account {
  return {
    phone: drawFictionalNumber(draws, country),
    phoneNumberId: drawPhoneNumberId(draws),
    team: {
      uuid: draws.hex('contact'),
      name: TEAMS[draws.below('team', TEAMS.length)] ?? TEAMS[0],
      default: true,
      members: 1 + draws.below('tag', 12),
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

/** Fifteen digits that begin with any but 0, as real ones do (seen). */
function drawPhoneNumberId(draws: Draws): string {
  const head = 1_000_000 + draws.below('phoneNumberId', 9_000_000);
  return `${head}${String(draws.below('bsuidLow', 100_000_000)).padStart(8, '0')}`;
}
