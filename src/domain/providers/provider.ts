import type { JsonObject } from '../json.ts';

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
  readonly timeSeconds?: number;
  /** The recipient's number in digits, or what the provider addressed instead. */
  readonly destination?: string;
  /** The id on the WhatsApp side. It contains the recipient's number. */
  readonly whatsappId?: string;
  /** Gupshup's own id of the message. */
  readonly gupshupId?: string;
  readonly failure?: ProviderFailure;
  readonly correction?: NumberCorrection;
}

/** One provider: how to recognise its object and what it says. */
export interface Provider {
  readonly name: ProviderName;
  /** Whether the object has this provider's shape. The shapes exclude each other. */
  recognise(raw: JsonObject): boolean;
  /** The statuses in the object, in their order; empty where a list of them is empty. */
  read(raw: JsonObject): ProviderReading[];
}

/** A failure code is a number (documented); one in digits is understood too. */
export function readFailureCode(code: unknown): number | undefined {
  if (typeof code === 'number') return code;
  return typeof code === 'string' && /^\d{1,9}$/.test(code) ? Number(code) : undefined;
}
