import type { Dice } from '../dice.ts';

/** How many events are repeated: each that many times more, or a share of them once more. */
export type Duplication = { readonly times: number } | { readonly share: number };

/**
 * Repeats events; a copy follows its original at once.
 *
 * @param copyOf makes a copy that is known as one
 */
export async function* duplicated<Event>(
  events: AsyncIterable<Event>,
  duplication: Duplication,
  dice: Dice,
  copyOf: (event: Event) => Event,
): AsyncGenerator<Event> {
  for await (const event of events) {
    const copies = 'times' in duplication ? duplication.times : Number(happens(duplication.share, dice));
    yield event;
    for (let copy = 0; copy < copies; copy += 1) yield copyOf(event);
  }
}

const SHARES = 1_000_000;

function happens(share: number, dice: Dice): boolean {
  return dice(SHARES) < share * SHARES;
}

/** How much is held at once to be shuffled. */
export interface ShuffleWindow {
  readonly events: number;
  readonly bytes: number;
}

/**
 * Gives events in a random order. An input longer than the window is shuffled within it, in memory that does
 * not grow: what is next is drawn from the events that are held.
 */
export async function* shuffled<Event extends { readonly bytes: Uint8Array }>(
  events: AsyncIterable<Event>,
  dice: Dice,
  window: ShuffleWindow = { events: 10_000, bytes: 32 * 1024 * 1024 },
): AsyncGenerator<Event> {
  const held: Event[] = [];
  let bytes = 0;
  const draw = (): Event | undefined => {
    const index = dice(held.length);
    const drawn = held[index];
    const last = held.pop();
    if (last !== undefined && index < held.length) held[index] = last;
    bytes -= drawn?.bytes.length ?? 0;
    return drawn;
  };
  for await (const event of events) {
    held.push(event);
    bytes += event.bytes.length;
    while (held.length > window.events || bytes > window.bytes) {
      const drawn = draw();
      if (drawn === undefined) break;
      yield drawn;
    }
  }
  for (let drawn = draw(); drawn !== undefined; drawn = draw()) yield drawn;
}
