import { createDice, type Dice } from '../dice.ts';
import type { MessageStatus } from '../status.ts';
import type { Fault, Purpose } from './arrival.ts';

/** What a listener is told to do with its answers, instead of an immediate 200. */
export interface ReplyPlanOptions {
  /** Statuses to answer with, in turn and then from the start again. */
  readonly inTurn?: readonly number[];
  /** What to answer to events of a status; wins over `inTurn`. */
  readonly byStatus?: Readonly<Partial<Record<MessageStatus, number>>>;
  /** How long to wait before answering, in milliseconds. */
  readonly delayMs?: number;
  /** By how much the delay varies, to either side, in milliseconds. */
  readonly jitterMs?: number;
  /** Ways to fail, one of which is picked where a request is to be failed. */
  readonly faults?: readonly Fault[];
  /**
   * The share of requests that get a fault, from 0 to 1.
   * @default 1
   */
  readonly faultRate?: number;
}

/** How one request is to be answered. */
export interface PlannedReply {
  /** Undefined where nothing was said: 200, or what a forward's target answers. */
  readonly httpStatus?: number;
  readonly delayMs: number;
  readonly fault?: Fault;
  readonly onPurpose: readonly Purpose[];
}

const AS_USUAL: PlannedReply = { delayMs: 0, onPurpose: [] };

/** Decides how each request is answered, in the order of the requests; the same seed decides the same. */
export class ReplyPlan {
  readonly #options: ReplyPlanOptions;
  readonly #dice: Dice;
  readonly #isUsual: boolean;
  #turn = 0;

  /** @param seed a whole number; only its lowest 32 bits count */
  constructor(options: ReplyPlanOptions, seed: number) {
    this.#options = options;
    this.#dice = createDice(seed);
    this.#isUsual = Object.values(options).every((option) => option === undefined);
  }

  /**
   * @param status the status of the event, where it is one
   * @param prefer the value of the request's `Prefer` header: `code=503` asks for that answer
   */
  next(status: MessageStatus | undefined, prefer: string | undefined): PlannedReply {
    const preferred = prefer === undefined ? undefined : preferredCode(prefer);
    if (this.#isUsual && preferred === undefined) return AS_USUAL;
    const chosen = this.#chosenCode(status);
    const delayMs = this.#delay();
    const fault = preferred === undefined ? this.#fault() : undefined;
    const httpStatus = preferred ?? chosen;
    return {
      ...(httpStatus !== undefined && { httpStatus }),
      delayMs,
      ...(fault !== undefined && { fault }),
      onPurpose: [
        ...(delayMs > 0 ? ['delay' as const] : []),
        ...(fault !== undefined ? [fault] : []),
        ...(fault === undefined && preferred !== undefined ? ['prefer' as const] : []),
        ...(fault === undefined && preferred === undefined && chosen !== undefined
          ? ['respond' as const]
          : []),
      ],
    };
  }

  #chosenCode(status: MessageStatus | undefined): number | undefined {
    const { byStatus, inTurn } = this.#options;
    const ofStatus = status === undefined ? undefined : byStatus?.[status];
    if (ofStatus !== undefined || inTurn === undefined) return ofStatus;
    const code = inTurn[this.#turn % inTurn.length];
    this.#turn += 1;
    return code;
  }

  #delay(): number {
    const { delayMs = 0, jitterMs = 0 } = this.#options;
    const jitter = jitterMs === 0 ? 0 : (this.#share() * 2 - 1) * jitterMs;
    return Math.max(0, delayMs + jitter);
  }

  #fault(): Fault | undefined {
    const { faults = [], faultRate = 1 } = this.#options;
    if (faults.length === 0 || this.#share() >= faultRate) return undefined;
    return faults[Math.floor(this.#share() * faults.length)];
  }

  /** A number from 0 to just below 1. */
  #share(): number {
    return this.#dice(0x1_0000_0000) / 0x1_0000_0000;
  }
}

/** `Prefer: code=503`, among other preferences or alone, as mock servers understand it. */
function preferredCode(prefer: string): number | undefined {
  const code = /(?:^|[,;\s])code="?([2-5]\d\d)"?(?:$|[,;\s])/.exec(prefer)?.[1];
  return code === undefined ? undefined : Number(code);
}
