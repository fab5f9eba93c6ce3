import type { JsonObject } from '../json.ts';
import { isIsoTime, twoDigits } from './contact.ts';
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
  const latestSeconds = Math.min(
    eventSeconds ?? LATE,
    receivedAt === undefined ? LATE : receivedAt.getTime() / 1000,
  );
  if (latestDayOf(createdAt) * DAY_SECONDS < latestSeconds) return;
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

const DAY_SECONDS = 86_400;
const LATE = YEAR_2100 / 1000;
/** Days of a leap year before each month. */
const DAYS_BEFORE = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335];

/**
 * Returns the number of a day since 1970 that no time of the date in a text is after, two days later at most:
 * parsing each date takes longer than all the rest that is asked of a contact. NaN for what is no date.
 */
function latestDayOf(text: string): number {
  const years = twoDigits(text, 0) * 100 + twoDigits(text, 2) - 1970;
  const before = DAYS_BEFORE[twoDigits(text, 5) - 1] ?? Number.NaN;
  return Math.ceil(years * 365.25) + before + twoDigits(text, 8) + 1;
}

/** Callbell writes Z, which is told by its last letter. */
function isZoned(time: string): boolean {
  // A day alone has dashes, but no clock that a zone could belong to.
  return time.endsWith('Z') || (time.length > DAY_ALONE && WITH_ZONE.test(time.slice(DAY_ALONE)));
}

const DAY_ALONE = '2026-01-31'.length;
