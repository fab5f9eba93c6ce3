import type { OutputStream } from '../environment.ts';

/** What is no terminal has room for a usual line. */
const USUAL_COLUMNS = 110;

/** Narrower than this nothing is laid out for; some terminals do not say how wide they are, and give 0. */
const LEAST_COLUMNS = 13;

/** The width of an output. */
export function widthOfOutput({ columns }: OutputStream): number {
  return columns ? Math.max(LEAST_COLUMNS, columns) : USUAL_COLUMNS;
}

/** The width of what is said; off a terminal no line is broken, for those who search in it. */
export function widthOfTalk({ isTTY, columns }: OutputStream): number {
  if (!isTTY) return Number.POSITIVE_INFINITY;
  return columns ? Math.max(LEAST_COLUMNS, columns) : 80;
}
