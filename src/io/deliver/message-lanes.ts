import type { DeliverableEvent } from './deliver-options.ts';

/** An event with its number in the run. */
export interface Job<Event extends DeliverableEvent> {
  readonly n: number;
  readonly event: Event;
}

/** Keeps the events of one message in order: each waits here until the one before it has come to an end. */
export class MessageLanes<Event extends DeliverableEvent> {
  /** The messages with an event under way, and what waits behind it. */
  readonly #lanes = new Map<string, Job<Event>[]>();
  #held = 0;
  #heldBytes = 0;

  /** How many events wait. */
  get held(): number {
    return this.#held;
  }

  /** How many bytes their bodies have. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Whether an event may go at once; otherwise it waits, and comes out of {@link leave} in its turn. */
  enter(job: Job<Event>): boolean {
    const { uuid, bytes } = job.event;
    if (uuid === undefined) return true;
    const waiting = this.#lanes.get(uuid);
    if (waiting === undefined) {
      this.#lanes.set(uuid, []);
      return true;
    }
    waiting.push(job);
    this.#held += 1;
    this.#heldBytes += bytes.length;
    return false;
  }

  /** Says that an event has come to its end, and gives the next of its message, which may go now. */
  leave({ event: { uuid } }: Job<Event>): Job<Event> | undefined {
    const waiting = uuid === undefined ? undefined : this.#lanes.get(uuid);
    if (uuid === undefined || waiting === undefined) return undefined;
    const next = waiting.shift();
    if (next === undefined) this.#lanes.delete(uuid);
    else {
      this.#held -= 1;
      this.#heldBytes -= next.event.bytes.length;
    }
    return next;
  }

  /** Takes out all that wait, in the order in which they came. */
  clear(): Job<Event>[] {
    const jobs = [...this.#lanes.values()].flat().sort((a, b) => a.n - b.n);
    this.#lanes.clear();
    this.#held = 0;
    this.#heldBytes = 0;
    return jobs;
  }
}
