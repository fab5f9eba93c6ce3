import { isJson } from './capture-piece.ts';
import { trimBytes } from './trim-bytes.ts';

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LINE_FEED = 0x0a;

/** Damaged lines that are tried: trying takes much longer for them than for good ones. */
const MOST_DAMAGED = 100;

/**
 * Whether a line after the first is an object by itself, or many look like one; an indented one is part of a
 * document.
 */
export function hasObjectLine(held: Buffer): boolean {
  let damaged = 0;
  for (let start = held.indexOf(LINE_FEED); start !== -1 && damaged < MOST_DAMAGED; ) {
    const end = held.indexOf(LINE_FEED, start + 1);
    const isBraced = held[start + 1] === OPEN_BRACE;
    const line = isBraced ? trimBytes(held.subarray(start + 1, end === -1 ? undefined : end)) : undefined;
    if (line?.at(-1) === CLOSE_BRACE) {
      if (isJson(line)) return true;
      damaged += 1;
    }
    start = end;
  }
  return damaged === MOST_DAMAGED;
}
