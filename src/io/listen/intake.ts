import type { IncomingMessage } from 'node:http';
import type { Arrival, Refusal } from '../../domain/arrival/arrival.ts';
import { type Answer, answerAccepted } from './answer.ts';
import { refuseByHead } from './check-head.ts';
import { Exchange } from './exchange.ts';
import { InFlight } from './in-flight.ts';
import type { QueuedResponse } from './queued-response.ts';
import { readBody } from './read-body.ts';
import type { Reception } from './reception.ts';
import { INTERNAL_ERROR_REPLY, refusalReply, sendInTurn, sendReply } from './reply.ts';
import { toArrival, toUnreadArrival } from './to-arrival.ts';
import { type ReadRequest, restore, shed, type UnderstoodRequest, understand } from './understand.ts';

/** Callbacks of an intake. */
export interface IntakeListeners {
  /** Called for each arrival, right after its answer. */
  readonly onArrival: (arrival: Arrival) => void;
  /** Called for each internal error, after the request it happened in was answered 500. Must not throw. */
  readonly onFault: (error: unknown) => void;
}

/** A batch ends when its bodies and their texts have more bytes than this: parsed, they take a multiple of it. */
const BATCH_BYTES = 4 * 1024 * 1024;

/**
 * Takes in requests: read, understand, record, pass on, answer, in this order, so that nothing is acknowledged
 * that is not in the capture.
 *
 * Batches requests per event-loop tick: understands all, records all with one write, then answers all (about 10 %
 * faster than one by one, bench/listen). For the same reason it is written with callbacks: a promise a request would
 * cost as much as taking its event into the history.
 */
export class Intake {
  readonly #reception: Reception;
  readonly #listeners: IntakeListeners;
  readonly #underWay = new InFlight();
  /** Read, and not yet understood. */
  #read: ReadRequest[] = [];
  #isBusy = false;
  #arrivals = 0;

  constructor(reception: Reception, listeners: IntakeListeners) {
    this.#reception = reception;
    this.#listeners = listeners;
  }

  /** Takes in one request. */
  receive(request: IncomingMessage, response: QueuedResponse): void {
    const exchange = new Exchange(request, response, this.#reception.heldBytes);
    this.#underWay.begin();
    this.#guard(exchange, () => this.#begin(exchange));
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#underWay.none();
  }

  #begin(exchange: Exchange): void {
    const { now, hosts, forwarder } = this.#reception;
    exchange.receivedMs = now();
    const { request } = exchange;
    const refusal = refuseByHead(request, hosts) ?? forwarder?.refuse(request.url ?? '', request.rawHeaders);
    if (refusal !== undefined) this.#turnAway(exchange, refusal);
    else if (!exchange.holdHead()) this.#turnAway(exchange, 'overloaded');
    else {
      readBody(exchange, this.#reception.maxBodyBytes, (body) => {
        if (body === 'broken-off') this.#end(exchange);
        else if (typeof body === 'string') this.#guard(exchange, () => this.#turnAway(exchange, body));
        else this.#takeIn({ exchange, body });
      });
    }
  }

  #turnAway(exchange: Exchange, refusal: Refusal): void {
    const reply = { ...refusalReply(refusal), isLast: true };
    this.#whenAnswered(exchange, sendInTurn(exchange.response, reply), (answered) => {
      this.#tell(exchange, toUnreadArrival(exchange, refusal, answered, ++this.#arrivals));
    });
  }

  #takeIn(read: ReadRequest): void {
    this.#read.push(read);
    if (this.#isBusy) return;
    this.#isBusy = true;
    setImmediate(() => void this.#takeInBatch());
  }

  /** One batch at a time: what waits for its turn is held as the bytes that came, and nothing more. */
  async #takeInBatch(): Promise<void> {
    const batch = this.#understandBatch();
    const isRecorded = await this.#record(batch);
    for (const each of batch) {
      if (!each.exchange.isOver) this.#guard(each.exchange, () => this.#answer(each, isRecorded));
    }
    if (this.#read.length > 0) setImmediate(() => void this.#takeInBatch());
    else this.#isBusy = false;
  }

  #understandBatch(): UnderstoodRequest[] {
    const batch: UnderstoodRequest[] = [];
    let taken = 0;
    for (let bytes = 0; taken < this.#read.length && bytes < BATCH_BYTES; taken += 1) {
      const read = this.#read[taken] as ReadRequest;
      this.#guard(read.exchange, () => {
        const understood = understand(read, this.#reception);
        bytes += read.body.length + (understood.text?.length ?? 0);
        batch.push(understood);
      });
    }
    this.#read = this.#read.slice(taken);
    return batch;
  }

  /** Resolves with true when the requests are in the capture, or there is none. */
  async #record(batch: readonly UnderstoodRequest[]): Promise<boolean> {
    const { recorder } = this.#reception;
    if (recorder === undefined) return true;
    try {
      return await recorder.record(batch, ({ exchange }, error) => this.#fail(exchange, error));
    } catch (error) {
      this.#listeners.onFault(error);
      return false;
    }
  }

  #answer(understood: UnderstoodRequest, isRecorded: boolean): void {
    const { exchange } = understood;
    const refusal = isRecorded ? understood.refusal : 'not-recorded';
    const tell = (answer: Answer): void => {
      this.#tell(exchange, toArrival(restore(understood, this.#reception), answer, ++this.#arrivals));
    };
    if (refusal === undefined) {
      this.#whenAnswered(exchange, answerAccepted(understood, this.#reception), tell);
    } else {
      if (!exchange.response.isNext) shed(understood);
      const answered = sendInTurn(exchange.response, refusalReply(refusal));
      this.#whenAnswered(exchange, answered, (httpStatus) => tell({ answered: httpStatus, refusal }));
    }
  }

  #whenAnswered<Result>(
    exchange: Exchange,
    result: Result | Promise<Result>,
    tell: (result: Result) => void,
  ): void {
    if (result instanceof Promise) {
      result.then(tell).catch((error: unknown) => this.#fail(exchange, error));
    } else tell(result);
  }

  #tell(exchange: Exchange, arrival: Arrival): void {
    this.#listeners.onArrival(arrival);
    this.#end(exchange);
  }

  #end(exchange: Exchange): void {
    if (exchange.end()) this.#underWay.end();
  }

  /** An error of our own ends the request it happened in, and no other. */
  #guard(exchange: Exchange, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fail(exchange, error);
    }
  }

  #fail(exchange: Exchange, error: unknown): void {
    const { response } = exchange;
    // Where its answer has begun, only hanging up tells the sender that it is not whole.
    if (!response.headersSent) sendReply(response, INTERNAL_ERROR_REPLY);
    else if (!response.writableEnded) response.destroy();
    this.#end(exchange);
    this.#listeners.onFault(error);
  }
}
