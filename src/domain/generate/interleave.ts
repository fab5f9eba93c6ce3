import type { Message } from './message.ts';

/** A message and which of its events is the next to arrive. */
interface Pending {
  readonly message: Message;
  next: number;
  arrivesAt: number;
}

/** What is made of the n-th event of a message, and of the moment it arrives at, in milliseconds. */
export type Give<Given> = (message: Message, n: number, arrivesAt: number) => Given;

/**
 * The events of many messages in the order in which they arrive. Holds only the messages that have begun and
 * not ended, however many follow.
 *
 * @param messages in the order in which they begin
 */
export function* mergeByArrival<Given>(messages: Iterable<Message>, give: Give<Given>): Generator<Given> {
  const heap: Pending[] = [];
  for (const message of messages) {
    const arrivesAt = message.arrivesAt(0);
    yield* takeUntil(heap, arrivesAt, give);
    push(heap, { message, next: 0, arrivesAt });
  }
  yield* takeUntil(heap, Number.POSITIVE_INFINITY, give);
}

function* takeUntil<Given>(heap: Pending[], end: number, give: Give<Given>): Generator<Given> {
  for (let first = heap[0]; first !== undefined && first.arrivesAt <= end; first = heap[0]) {
    const { message } = first;
    yield give(message, first.next, first.arrivesAt);
    first.next += 1;
    if (first.next < message.size) {
      first.arrivesAt = message.arrivesAt(first.next);
      siftDown(heap);
    } else removeFirst(heap);
  }
}

/** A binary heap: the one that arrives first is at 0, the children of `n` are at `2n + 1` and `2n + 2`. */
function push(heap: Pending[], pending: Pending): void {
  let at = heap.push(pending) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || above.arrivesAt <= pending.arrivesAt) return;
    heap[at] = above;
    heap[parent] = pending;
    at = parent;
  }
}

function removeFirst(heap: Pending[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  siftDown(heap);
}

function siftDown(heap: Pending[]): void {
  let at = 0;
  for (;;) {
    const left = heap[at * 2 + 1];
    const right = heap[at * 2 + 2];
    if (left === undefined) return;
    const child = right !== undefined && right.arrivesAt < left.arrivesAt ? right : left;
    const above = heap[at];
    if (above === undefined || above.arrivesAt <= child.arrivesAt) return;
    const place = child === left ? at * 2 + 1 : at * 2 + 2;
    heap[at] = child;
    heap[place] = above;
    at = place;
  }
}
