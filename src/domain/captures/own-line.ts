import type { JsonObject } from '../json.ts';

/** The lines that our commands print with `--json` and write with `--report`, by two members that each type has. */
const OWN_LINES: ReadonlyMap<unknown, readonly [string, string]> = new Map([
  ['delivery', ['outcome', 'attempts']],
  ['not-sent', ['source', 'why']],
  ['summary', ['type', 'type']],
  ['problem', ['severity', 'code']],
  ['ready', ['url', 'pid']],
  ['arrival', ['receivedAt', 'answered']],
]);

/** Figures of which each summary of ours has one: any object may have the type `summary`. */
const FIGURES = ['accepted', 'events', 'planned', 'refusals'];

/** Whether an object is a line of our own reports. It may hold a uuid and a status, and is no event for that. */
export function isOwnLine(value: JsonObject): boolean {
  const members = OWN_LINES.get(value.type);
  if (members?.every((key) => Object.hasOwn(value, key)) !== true) return false;
  return value.type !== 'summary' || FIGURES.some((key) => Object.hasOwn(value, key));
}
