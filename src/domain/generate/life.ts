import type { Draws } from './entropy.ts';
import type { Story } from './story.ts';

/** Moments of one message's life, in seconds after it begins. */
export interface Life {
  /** By index of the step. */
  readonly happened: readonly number[];
  /** By order of arrival; never falls. */
  readonly arrives: readonly number[];
  /** Moment of the last event. */
  readonly seconds: number;
}

/** Share of the cases in percent, and the seconds that they take. */
type Band = readonly [percent: number, from: number, to: number];

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Times between steps, after captures and documents of third parties where there are any (assumed). */
const GAPS = {
  toSent: [
    [98, 0, 2],
    [2, 2, MINUTE],
  ],
  toDelivered: [
    [75, 0, 5],
    [12, 5, MINUTE],
    [7, MINUTE, HOUR],
    [5, HOUR, DAY],
    [1, DAY, 10 * DAY],
  ],
  toRead: [
    [5, 0, 0],
    [25, 1, MINUTE],
    [35, MINUTE, HOUR],
    [25, HOUR, 12 * HOUR],
    [8, 12 * HOUR, 2 * DAY],
    [2, 2 * DAY, 10 * DAY],
  ],
  toFailed: [[100, 1, 10]],
  toMismatch: [[100, 0, 2]],
  toDeleted: [[100, MINUTE, HOUR]],
} as const satisfies Record<string, readonly Band[]>;

/** Files are refused once they are processed: later than other failures (seen: some seconds). */
const MEDIA_UPLOAD_ERROR = 131053;
const TO_MEDIA_FAILURE: readonly Band[] = [[100, 2, 30]];

/** Seconds by which an event comes late, or its duplicate after it. */
const DELAY = 1.5;

/**
 * Draws the moments of a life.
 *
 * @param failureCode code of its failure, if it fails
 * @param within most seconds that it takes; a longer one is shortened in proportion
 */
export function drawLife(
  story: Story,
  draws: Draws,
  failureCode: number | undefined,
  within: number | undefined,
): Life {
  const happened = drawMoments(story, draws, failureCode);
  const natural = (happened.at(-1) ?? 0) + trailing(story) * DELAY;
  const scale = within === undefined || natural <= within ? 1 : within / natural;
  if (scale !== 1) for (let at = 0; at < happened.length; at += 1) happened[at] = (happened[at] ?? 0) * scale;
  const arrives = arrivalsOf(story, happened, DELAY * scale);
  return { happened, arrives, seconds: Math.max(happened.at(-1) ?? 0, arrives.at(-1) ?? 0) };
}

function drawMoments(
  { steps, skipsDelivered }: Story,
  draws: Draws,
  failureCode: number | undefined,
): number[] {
  const happened: number[] = [];
  let moment = 0;
  steps.forEach(({ status }, index) => {
    if (index > 0) {
      // A message that is read as it arrives takes the time of its delivery.
      const place = status === 'read' && skipsDelivered ? 'toDelivered' : PLACES[status];
      const bands =
        place === 'toFailed' && failureCode === MEDIA_UPLOAD_ERROR ? TO_MEDIA_FAILURE : GAPS[place];
      moment += pick(bands, draws.fraction(place));
    }
    happened.push(moment);
  });
  return happened;
}

const PLACES = {
  enqueued: 'toSent',
  sent: 'toSent',
  delivered: 'toDelivered',
  read: 'toRead',
  failed: 'toFailed',
  mismatch: 'toMismatch',
  deleted: 'toDeleted',
} as const;

/** Turns one fraction into a time: it chooses the band, and what is left of it the place inside. */
function pick(bands: readonly Band[], fraction: number): number {
  let left = fraction * 100;
  for (const [percent, from, to] of bands) {
    if (left < percent) return from + (left / percent) * (to - from);
    left -= percent;
  }
  return 0;
}

/** Number of arrivals at the end that are late or duplicates. */
function trailing({ steps, arrivals }: Story): number {
  return arrivals.length - 1 - arrivals.indexOf(steps.length - 1);
}

/** A step that is due arrives as it happens; a late one, or a duplicate, soon after what arrived before it. */
function arrivalsOf({ arrivals }: Story, happened: readonly number[], delay: number): number[] {
  const times: number[] = [];
  let before = 0;
  let furthest = -1;
  arrivals.forEach((step, at) => {
    if (step > furthest) {
      furthest = step;
      before = Math.max(before, happened[step] ?? 0);
    } else {
      const next = arrivals.slice(at + 1).find((each) => each > furthest);
      const room = next === undefined ? Number.POSITIVE_INFINITY : (happened[next] ?? 0) - before;
      before += Math.min(delay, Math.max(0, room) / 2);
    }
    times.push(before);
  });
  return times;
}
