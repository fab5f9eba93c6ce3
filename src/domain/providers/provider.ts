import type { FailureFact } from '../failures.ts';
import type { CategoryName, Price } from '../generate/categories.ts';
import type { Draws } from '../generate/entropy.ts';
import type { Era } from '../generate/era.ts';
import type { FailureMoment } from '../generate/scenarios.ts';
import type { VariantName } from '../generate/variants.ts';
import type { JsonObject } from '../json.ts';
import type { Origin } from '../origin.ts';
import type { MessageStatus } from '../status.ts';

/** The providers whose raw object this package knows. */
export type ProviderName = 'gupshup' | 'cloud';

/** Keys and indexes that lead to a value, below `messageStatusPayload`. */
export type Path = readonly (string | number)[];

/** Why a message failed, as its provider says it; either part may be missing on the wire. */
export interface ProviderFailure {
  readonly code?: number;
  readonly reason?: string;
}

/** A corrected phone number. Digits without a plus sign. */
export interface NumberCorrection {
  /** The number the message was meant for. */
  readonly requested?: string;
  /** The number WhatsApp knows. */
  readonly corrected?: string;
}

/** The facts that one raw object, or one entry of its `statuses[]`, states. */
export interface ProviderReading {
  readonly provider: ProviderName;
  /** The provider's own word for the status, which may contradict the outer one. */
  readonly status: string;
  readonly statusPath: Path;
  /** Where the object stands that states the facts; empty where it is the raw object itself. */
  readonly path: Path;
  /** Where {@link whatsappId} stands, below {@link path}. */
  readonly whatsappIdPath: Path;
  /** When it happened, in unix seconds; undefined where the object carries no time. */
  readonly timeSeconds?: number | undefined;
  /** The recipient's number in digits, or what the provider addressed instead. */
  readonly destination?: string | undefined;
  /** The id on the WhatsApp side. It may contain the recipient's number. */
  readonly whatsappId?: string | undefined;
  /** Gupshup's own id of the message. */
  readonly gupshupId?: string | undefined;
  readonly failure?: ProviderFailure | undefined;
  readonly correction?: NumberCorrection | undefined;
}

/** The statuses in one raw object, in their order. */
export interface ProviderReadings {
  readonly read: readonly ProviderReading[];
  /** How many more there are: nobody sends so many, and each costs memory. */
  readonly unread: number;
}

/** The ids that a provider gives to a message. */
export interface ProviderIds {
  /** The id on the WhatsApp side; old ones and those of Meta contain the number. */
  readonly whatsappId: string;
  /** Gupshup's own id, where Gupshup is in between. */
  readonly gupshupId?: string;
}

/** Recipient of a generated message. */
export interface Recipient {
  /** WhatsApp id: the number in digits; undefined where it is withheld. */
  readonly phone: string | undefined;
  /** Number as it was dialled, where the life of the message has a correction. */
  readonly requestedPhone: string | undefined;
  /** Business-scoped user id, where there is one. */
  readonly bsuid: string | undefined;
  readonly name: string;
}

/** Forms that a generated message has. */
export interface MessageForm {
  readonly era: Era;
  readonly category: CategoryName;
  readonly price: Price;
  readonly variants: ReadonlySet<VariantName>;
}

/** One generated message, as a provider knows it. */
export interface ProviderMessage extends Recipient {
  readonly ids: ProviderIds;
  readonly form: MessageForm;
  /** For ids that only some events have. */
  readonly draws: Draws;
  /** The business's number and Meta's id of it. */
  readonly account: { readonly phone: string; readonly phoneNumberId: string };
  /** When the message was sent, in unix seconds. */
  readonly beganSeconds: number;
  /** `delivered` never comes, so that `read` has the price. */
  readonly skipsDelivered: boolean;
}

/** A failure to generate. */
export interface GeneratedFailure {
  readonly fact: FailureFact;
  /** WhatsApp had the message before it failed, so that it has its id there. */
  readonly isLate: boolean;
}

/** One thing that happens to a message. */
export interface ProviderStep {
  readonly status: MessageStatus;
  /** When it happened, in unix seconds. */
  readonly timeSeconds: number;
  /** Given where the status is `failed`. */
  readonly failure: GeneratedFailure | undefined;
}

/** Codes and how often they occur, relative to each other; the first one is the usual one. */
export type FailureShares = readonly [
  first: readonly [code: number, weight: number],
  ...(readonly [code: number, weight: number])[],
];

/** One provider: how to recognise its object, what it says, and how to make one. */
export interface Provider {
  readonly name: ProviderName;
  /** Who that is, in a few words. */
  readonly meaning: string;
  /** How the shape is known. */
  readonly origin: Origin;
  /** Statuses that Callbell has and the provider does not. */
  readonly lacks: readonly MessageStatus[];
  /** Callbell's contact has the BSUID beside the number (documented for Cloud channels only). */
  readonly tellsBsuid: boolean;
  /** Returns whether the object has this provider's shape. The shapes exclude each other. */
  recognise(raw: JsonObject): boolean;
  /** Returns the statuses in the object, in their order; empty where a list of them is empty. */
  read(raw: JsonObject): ProviderReadings;
  /** Draws the ids of a new message. */
  drawIds(draws: Draws, recipient: Recipient, form: MessageForm): ProviderIds;
  /** Builds the object for one step of a message; undefined for a status that the provider lacks. */
  build(step: ProviderStep, message: ProviderMessage): JsonObject | undefined;
  /** Returns the codes that a message fails with at a moment. */
  failureShares(moment: FailureMoment, category: CategoryName, era: Era): FailureShares;
  /** Returns whether a failure can come as a status at a moment, as far as is known. */
  canFailWith(fact: FailureFact, moment: FailureMoment, era: Era): boolean;
}

/** A failure code is a number (documented); one in digits is understood too. */
export function readFailureCode(code: unknown): number | undefined {
  if (typeof code === 'number') return code;
  return typeof code === 'string' && /^\d{1,9}$/.test(code) ? Number(code) : undefined;
}
