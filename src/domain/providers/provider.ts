import type { Origin } from '../failures.ts';
import type { Draws } from '../generate/entropy.ts';
import type { JsonObject } from '../json.ts';
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
  /** The id on the WhatsApp side. It contains the recipient's number. */
  readonly whatsappId?: string | undefined;
  /** Gupshup's own id of the message. */
  readonly gupshupId?: string | undefined;
  readonly failure?: ProviderFailure | undefined;
  readonly correction?: NumberCorrection | undefined;
}

/** Why a generated message fails. */
export interface GeneratedFailure {
  readonly code: number;
  readonly reason: string;
  /** WhatsApp had the message before it failed, so that it has its id there. */
  readonly late: boolean;
}

/** The ids that a provider gives to a message. */
export interface ProviderIds {
  /** The id on the WhatsApp side; the number is in it. */
  readonly whatsappId: string;
  /** Gupshup's own id, where Gupshup is in between. */
  readonly gupshupId?: string;
}

/** What a provider knows of one message from its beginning to its end. */
export interface ProviderMessage {
  readonly ids: ProviderIds;
  /** The number it goes to, digits only. */
  readonly phone: string;
  /** The number as it was asked for, where WhatsApp corrects it to `phone`. */
  readonly requestedPhone: string | undefined;
  /** The business-scoped id of a recipient whose number is not told. */
  readonly bsuid: string | undefined;
  /** For the id of a message of the recipient. */
  readonly draws: Draws;
  /** The business's number and Meta's id of it. */
  readonly account: { readonly phone: string; readonly phoneNumberId: string };
}

/** One thing that happens to a message. */
export interface ProviderStep {
  readonly status: MessageStatus;
  /** When it happened, in unix seconds. */
  readonly timeSeconds: number;
  /** Given where the status is `failed`. */
  readonly failure: GeneratedFailure | undefined;
}

/** One provider: how to recognise its object, what it says, and how to make one. */
export interface Provider {
  readonly name: ProviderName;
  /** Who that is, in a few words. */
  readonly meaning: string;
  /** How the shape is known. */
  readonly origin: Origin;
  /** Statuses that Callbell has and the provider does not. */
  readonly lacks: readonly MessageStatus[];
  /** The code of the failure catalogue that a message fails with where none was asked for. */
  readonly usualFailure: number;
  /** Whether the object has this provider's shape. The shapes exclude each other. */
  recognise(raw: JsonObject): boolean;
  /** The statuses in the object, in their order; empty where a list of them is empty. */
  read(raw: JsonObject): ProviderReading[];
  /** The ids of a new message to a number, which may have been asked for as another one. */
  drawIds(draws: Draws, phone: string, requestedPhone: string | undefined): ProviderIds;
  /** The object for one step of a message; undefined for a status that the provider lacks. */
  build(step: ProviderStep, message: ProviderMessage): JsonObject | undefined;
}

/** A failure code is a number (documented); one in digits is understood too. */
export function readFailureCode(code: unknown): number | undefined {
  if (typeof code === 'number') return code;
  return typeof code === 'string' && /^\d{1,9}$/.test(code) ? Number(code) : undefined;
}
