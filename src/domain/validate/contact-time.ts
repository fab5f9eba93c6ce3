import type { JsonObject } from '../json.ts';
import { isIsoTime } from './contact.ts';
import type { ProblemList } from './problem-list.ts';
import { isPlausible } from './provider-time.ts';

const CREATED = ['payload', 'contact', 'createdAt'] as const;
const TIMES = ['createdAt', 'closedAt', 'blockedAt'] as const;
const WITH_ZONE = /(?:Z|[+-]\d\d:?\d\d|[+-]\d\d)$/i;
/** Clocks and zones differ by hours; a day more is a mistake. */
const DAY_MILLISECONDS = 86_400_000;
const YEAR_2100 = Date.UTC(2100, 0);

/**
 * Adds times of the contact that are in ISO 8601 and cannot be right all the same: without a zone, or of a contact
 * that is made after the event about it.
 *
 * @param eventSeconds the time that the provider gives
 */
export function addContactTimeProblems(
  problems: ProblemList,
  contact: JsonObject,
  eventSeconds: number | undefined,
  receivedAt: Date | undefined,
): void {
  for (const key of TIMES) {
    const time = contact[key];
    if (typeof time !== 'string' || isZoned(time) || !isIsoTime(time)) continue;
    problems.add('unusual-time', ['payload', 'contact', key], { kind: 'no-zone', value: time });
  }
  const { createdAt } = contact;
  if (typeof createdAt !== 'string') return;
  const created = Date.parse(createdAt);
  // An event of a time that is not plausible is of none.
  const isDated = eventSeconds !== undefined && isPlausible(eventSeconds);
  const isAfterEvent = isDated && created > eventSeconds * 1000 + DAY_MILLISECONDS;
  const latest = receivedAt === undefined ? YEAR_2100 : receivedAt.getTime() + DAY_MILLISECONDS;
  if (!(isAfterEvent || created > latest) || !isIsoTime(createdAt)) return;
  problems.add('unusual-time', CREATED, {
    kind: created > latest ? 'future' : 'after-event',
    value: createdAt,
  });
}

/** Callbell writes Z, which is told by its last letter. */
function isZoned(time: string): boolean {
  // A day alone has dashes, but no clock that a zone could belong to.
  return time.endsWith('Z') || (time.length > DAY_ALONE && WITH_ZONE.test(time.slice(DAY_ALONE)));
}

const DAY_ALONE = '2026-01-31'.length;
