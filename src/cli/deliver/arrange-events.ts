import { duplicated, shuffled } from '../../domain/delivery/disorder.ts';
import { Timeline, timeOfEvent } from '../../domain/delivery/timeline.ts';
import { createDice } from '../../domain/dice.ts';
import { formatDuration } from '../../ui/duration.ts';
import type { DeliveryFlags } from './delivery-flags.ts';
import {
  type DeliverySource,
  isSendable,
  type NotDelivered,
  type SourceEvent,
  type SourceItem,
} from './delivery-source.ts';

/** Events in the order and at the moments in which they are to be sent. */
export interface ArrangedEvents {
  readonly events: AsyncIterable<SourceEvent>;
  /** How many there will be, where that is known. */
  readonly total: number | undefined;
  /** What to say before the first is sent. */
  readonly notes: readonly string[];
}

/** The context in which events are arranged. */
export interface Arrangement {
  /** A seed for what is drawn where the flags give none. */
  readonly randomSeed: () => number;
  /** Ends the looking through a source beforehand. */
  readonly signal: AbortSignal;
  /** Hears of what cannot be sent, in its place in the input. */
  readonly report: (item: NotDelivered) => Promise<void>;
  readonly isTotalWanted: boolean;
}

/** Puts the events of a source in the order and at the times that flags ask for. */
export async function arrangeEvents(
  source: DeliverySource,
  flags: DeliveryFlags,
  { randomSeed, signal, report, isTotalWanted }: Arrangement,
): Promise<ArrangedEvents> {
  const { duplicate, shuffle, timing } = flags;
  const isDisorderly = shuffle === true || (duplicate !== undefined && 'share' in duplicate);
  const seed = flags.seed ?? randomSeed();
  const dice = createDice(seed);
  const notes = isDisorderly && flags.seed === undefined ? [`the same order again: --seed ${seed}`] : [];

  let events: AsyncIterable<SourceEvent> = sendable(source.items, report);
  if (timing === 'original') events = timed(events, new Timeline(timelineOptions(flags)));
  if (duplicate !== undefined) {
    events = duplicated(events, duplicate, dice, (event) => ({ ...event, isCopy: true }));
  }
  if (shuffle) events = shuffled(events, dice);

  const survey = await surveySource(source, flags, isTotalWanted, signal);
  const total = totalOf(source.total ?? survey?.total, duplicate);
  if (timing === 'original') notes.push(durationNote(survey));
  return { events, notes, total };
}

/** How many deliveries so many events make; not known where a share of them is repeated by chance. */
function totalOf(events: number | undefined, duplicate: DeliveryFlags['duplicate']): number | undefined {
  if (events === undefined || duplicate === undefined) return events;
  return 'times' in duplicate ? events * (duplicate.times + 1) : undefined;
}

function timelineOptions({ speed = 1, maxGap }: DeliveryFlags) {
  return { speed, ...(maxGap !== undefined && { maxGapMs: maxGap }) };
}

async function* sendable(
  items: AsyncIterable<SourceItem> | Iterable<SourceItem>,
  report: (item: NotDelivered) => Promise<void>,
): AsyncGenerator<SourceEvent> {
  for await (const item of items) {
    if (isSendable(item)) yield item;
    else await report(item);
  }
}

async function* timed(events: AsyncIterable<SourceEvent>, timeline: Timeline): AsyncGenerator<SourceEvent> {
  for await (const event of events) yield { ...event, dueMs: dueMs(event, timeline) };
}

function dueMs({ bytes, receivedAt }: SourceEvent, timeline: Timeline): number {
  const event: unknown =
    receivedAt === undefined ? JSON.parse(Buffer.from(bytes).toString('utf8')) : undefined;
  return timeline.due(timeOfEvent(event, receivedAt));
}

interface Survey {
  readonly total: number;
  readonly timed: number;
  readonly durationMs: number;
}

/** Looks through a source beforehand, where that is possible and worth it. */
async function surveySource(
  { preview, isShort, total }: DeliverySource,
  flags: DeliveryFlags,
  isTotalWanted: boolean,
  signal: AbortSignal,
): Promise<Survey | undefined> {
  const isOriginal = flags.timing === 'original';
  const isWorthIt = isOriginal || (isTotalWanted && isShort && total === undefined);
  if (preview === undefined || !isWorthIt) return undefined;
  const timeline = new Timeline(timelineOptions(flags));
  let events = 0;
  let durationMs = 0;
  for await (const item of preview()) {
    // What is not known beforehand is not shown.
    if (signal.aborted) return undefined;
    if (!isSendable(item)) continue;
    events += 1;
    if (isOriginal) durationMs = dueMs(item, timeline);
  }
  return { total: events, timed: timeline.timed, durationMs };
}

function durationNote(survey: Survey | undefined): string {
  if (survey === undefined) return 'at the recorded gaps; how long that takes is not known beforehand';
  const { total, timed, durationMs } = survey;
  if (timed === 0) return 'no event has a recorded time: they are sent one after another';
  const untimed = timed === total ? '' : `; ${total - timed} without a time go with the one before`;
  return `at the recorded gaps this takes ${formatDuration(durationMs)}${untimed}`;
}
