import { setMaxListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isSuccess } from '../../domain/delivery/delivery.ts';
import { Bell } from './bell.ts';
import { openConnections } from './connect.ts';
import { createDeliverOne, type DeliverOne } from './deliver-one.ts';
import type { DeliverableEvent, DeliverOptions } from './deliver-options.ts';
import { EventInput } from './event-input.ts';
import { type Job, MessageLanes } from './message-lanes.ts';
import { onAbort } from './on-abort.ts';
import { Pace, sleep } from './pace.ts';
import { rejectCallbell } from './reject-callbell.ts';
import type { EndReason, RunControl, Settled } from './settled.ts';
import { UnreadResults } from './unread-results.ts';

const DEFAULT_TIMEOUT_MS = 10_000;

/** Events read ahead that wait for their message: enough to keep all connections busy, few enough to hold. */
const HELD_MOST = 1024;

const DRAIN_BATCH = 1024;

/** Limit in bytes for both. */
const BYTES_MOST = 16 * 1024 * 1024;

/**
 * Delivers events and gives what became of each, in batches of what is there when it is asked for. Every
 * event that was taken from the input comes out once, whatever ends the run; a fault is thrown after that.
 *
 * @throws {CallbellStatusError} `usage` when the target is Callbell itself
 */
export async function* runDeliveries<Event extends DeliverableEvent>(
  events: AsyncIterable<Event> | Iterable<Event>,
  options: DeliverOptions,
  control: RunControl,
): AsyncGenerator<readonly Settled<Event>[]> {
  rejectCallbell(options.url);
  yield* new DeliveryRun(events, options, control).results();
}

class DeliveryRun<Event extends DeliverableEvent> {
  readonly #input: EventInput<Event>;
  readonly #options: DeliverOptions;
  readonly #control: RunControl;
  readonly #stop = new AbortController();
  readonly #lanes = new MessageLanes<Event>();
  readonly #pace: Pace;
  readonly #room = new Bell();
  readonly #news = new Bell();
  readonly #settled = new UnreadResults<Event>();
  #underWay = 0;
  #end: EndReason | undefined;
  /** An event that was read and may not go yet. */
  #leftOver: Event | undefined;
  #fault: { readonly error: unknown } | undefined;

  constructor(events: AsyncIterable<Event> | Iterable<Event>, options: DeliverOptions, control: RunControl) {
    this.#input = new EventInput(events);
    this.#options = options;
    this.#control = control;
    this.#pace = new Pace(options.ratePerSecond);
    setMaxListeners(0, this.#stop.signal);
  }

  async *results(): AsyncGenerator<readonly Settled<Event>[]> {
    const { timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const options = { ...this.#options, timeoutMs };
    const dispatcher = openConnections(options);
    const deliverOne = createDeliverOne(options, dispatcher, this.#stop.signal);
    const { ends, giveUp } = this.#control;
    const unheard = [
      ...ends.map(({ signal, reason }) => onAbort(signal, () => this.#endFor(reason))),
      ...(giveUp === undefined ? [] : [onAbort(giveUp, () => void dispatcher.destroy(new Cancelled()))]),
    ];
    const feeding = this.#feed(deliverOne);
    try {
      yield* this.#whileUnderWay();
      if (this.#end !== undefined) yield* this.#notSent(this.#end, feeding);
      if (this.#fault !== undefined) throw this.#fault.error;
    } finally {
      this.#end ??= 'interrupted';
      this.#stop.abort();
      for (const unhear of unheard) unhear();
      await dispatcher.destroy();
      this.#input.close();
    }
  }

  /** Reads the input and starts deliveries, as long as there is room for more. Never rejects. */
  async #feed(deliverOne: DeliverOne): Promise<void> {
    try {
      for (let n = 1; this.#end === undefined; ) {
        if (!this.#hasRoom()) {
          await this.#room.wait();
          continue;
        }
        const event = await this.#input.read();
        if (event === undefined) break;
        this.#leftOver = event;
        const waitMs = this.#pace.waitFor(event);
        if (waitMs > 0) await sleep(waitMs, this.#stop.signal);
        // The run may have ended while this was read or waited.
        if (this.#end !== undefined) break;
        this.#leftOver = undefined;
        this.#admit({ n, event }, deliverOne);
        n += 1;
      }
    } catch (error) {
      this.#endByFault(error);
    }
    this.#news.ring();
  }

  #hasRoom(): boolean {
    const { concurrency = 1 } = this.#options;
    return (
      this.#underWay < concurrency &&
      !this.#settled.isFull &&
      this.#lanes.held < HELD_MOST &&
      this.#lanes.heldBytes < BYTES_MOST
    );
  }

  #admit(job: Job<Event>, deliverOne: DeliverOne): void {
    if (this.#options.keepOrder === false || this.#lanes.enter(job)) void this.#deliver(job, deliverOne);
  }

  /** Delivers an event, and then those of its message that have come to wait for it meanwhile. */
  async #deliver(first: Job<Event>, deliverOne: DeliverOne): Promise<void> {
    this.#underWay += 1;
    for (let job: Job<Event> | undefined = first; job !== undefined; ) {
      this.#settled.add(await this.#settle(job, deliverOne));
      this.#news.ring();
      job = this.#end === undefined ? this.#lanes.leave(job) : undefined;
    }
    this.#underWay -= 1;
    this.#room.ring();
    this.#news.ring();
  }

  async #settle({ event, n }: Job<Event>, deliverOne: DeliverOne): Promise<Settled<Event>> {
    try {
      const delivery = await deliverOne(event, n);
      if (!isSuccess(delivery) && this.#options.bail) this.#endFor('bailed');
      return { event, delivery };
    } catch (error) {
      this.#endByFault(error);
      return { event, notSent: 'stopped' };
    }
  }

  async *#whileUnderWay(): AsyncGenerator<readonly Settled<Event>[]> {
    for (;;) {
      if (!this.#settled.isEmpty) {
        // Answers come in bursts: one batch for all that this turn of the event loop brings.
        await nextTurn();
        const batch = this.#settled.take();
        this.#room.ring();
        yield batch;
      } else if (this.#underWay === 0 && (this.#input.hasEnded || this.#end !== undefined)) return;
      else await this.#news.wait();
    }
  }

  /** All that was read and not sent; with `drain`, also all that was not read yet. */
  async *#notSent(notSent: EndReason, feeding: Promise<void>): AsyncGenerator<readonly Settled<Event>[]> {
    const held = this.#lanes.clear();
    if (held.length > 0) yield held.map(({ event }) => ({ event, notSent }));
    const { drain } = this.#control;
    if (drain) await feeding;
    if (this.#leftOver !== undefined) yield [{ event: this.#leftOver, notSent }];
    while (drain && !this.#input.hasEnded) yield await this.#readBatch(notSent);
  }

  async #readBatch(notSent: EndReason): Promise<readonly Settled<Event>[]> {
    const batch: Settled<Event>[] = [];
    try {
      for (let bytes = 0; batch.length < DRAIN_BATCH && bytes < BYTES_MOST; ) {
        const event = await this.#input.read();
        if (event === undefined) break;
        batch.push({ event, notSent });
        bytes += event.bytes.length;
      }
    } catch (error) {
      this.#endByFault(error);
    }
    return batch;
  }

  /** The first fault is the one that is thrown, after all that was read has come out. */
  #endByFault(error: unknown): void {
    this.#fault ??= { error };
    this.#endFor('stopped');
  }

  #endFor(reason: EndReason): void {
    if (this.#end === undefined) {
      this.#end = reason;
      this.#control.onEnd?.();
    }
    this.#stop.abort();
    this.#room.ring();
    this.#news.ring();
  }
}

/** Why a request is given up that is under way at a second Ctrl+C. */
class Cancelled extends Error {
  readonly code = 'CANCELLED';
}
