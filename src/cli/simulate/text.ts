import type { StatusEvent } from '../../domain/event.ts';

const CHUNK_LENGTH = 65_536;

/** Events as NDJSON; in chunks, because a write for each would be most of the work. */
export function* linesOf(events: Iterable<StatusEvent>): Generator<string> {
  let chunk = '';
  for (const event of events) {
    chunk += `${JSON.stringify(event)}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** One event as an indented document. */
export function documentOf(event: StatusEvent): string {
  return `${JSON.stringify(event, null, 2)}\n`;
}

/** One event as a document, several as NDJSON. */
export function* documentOrLines(events: Iterable<StatusEvent>): Generator<string> {
  const [first, others] = splitFirst(events);
  if (others === undefined) yield first === undefined ? '' : documentOf(first);
  else yield* linesOf(others);
}

/** One event as a document, several as one array. */
export function* documentOrArray(events: Iterable<StatusEvent>): Generator<string> {
  const [first, all] = splitFirst(events);
  if (all === undefined) {
    yield first === undefined ? '[]\n' : documentOf(first);
    return;
  }
  let before = '[\n';
  for (const event of all) {
    yield before + JSON.stringify(event, null, 2).replace(/^/gm, '  ');
    before = ',\n';
  }
  yield '\n]\n';
}

/** The first event and, where there are more, all of them. */
function splitFirst(
  events: Iterable<StatusEvent>,
): [first: StatusEvent | undefined, all: Iterable<StatusEvent> | undefined] {
  const iterator = events[Symbol.iterator]();
  const first = iterator.next();
  if (first.done) return [undefined, undefined];
  const second = iterator.next();
  if (second.done) return [first.value, undefined];
  const rest: Iterable<StatusEvent> = { [Symbol.iterator]: () => iterator };
  const all = (function* () {
    yield first.value;
    yield second.value;
    yield* rest;
  })();
  return [first.value, all];
}
