import { RecentMap } from '../recent-map.ts';
import { type Arrival, isAcknowledged } from './arrival.ts';

/** How many events that were not acknowledged are remembered for certain. */
const REMEMBERED_EVENTS = 10_000;

/**
 * Tells which events are sent again because their last answer was no success, as Callbell does: they are duplicates
 * that were asked for. Remembers a bounded number of answers.
 */
export class Resends {
  readonly #failedAnswers = new RecentMap<string, Pick<Arrival, 'answered'>>(REMEMBERED_EVENTS);

  /** Gives the arrival, with `resentAfter` where the same event came before and was not acknowledged. */
  follow(arrival: Arrival): Arrival {
    const { uuid, status, refusal, transition } = arrival;
    // A refused one is in no history: sent again, it is the first. Without one there is nothing to be sent again.
    if (refusal !== undefined || uuid === undefined || status === undefined || transition === undefined)
      return arrival;
    const isFailed = !isAcknowledged(arrival);
    if (this.#failedAnswers.size === 0 && !isFailed) return arrival;
    const key = `${status} ${uuid}`;
    const resentAfter = transition.kind === 'duplicate' ? this.#failedAnswers.get(key)?.answered : undefined;
    if (isFailed) this.#failedAnswers.put(key, { answered: arrival.answered });
    else this.#failedAnswers.delete(key);
    return resentAfter === undefined ? arrival : { ...arrival, resentAfter };
  }
}
