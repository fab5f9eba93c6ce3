import { type Change, exampleDocument, exampleEvent, exampleLines, type GoodEvent } from './examples.ts';

/** A kind of problem at length, for `explain` and the documentation. */
export interface RulePage {
  /** What it means and what to do, in a sentence or two. */
  readonly explanation: string;
  /** Where the rule comes from: documented by whom, seen, or assumed. */
  readonly source: string;
  /** What differs: a part of the event as it should not and as it should be. */
  readonly shown: { readonly bad: string; readonly good: string };
  /** Whole captures: the bad one has this problem and no other, the good one has none. */
  readonly capture: { readonly bad: string; readonly good: string };
  /** The capture is written in Latin-1, not in UTF-8. */
  readonly latin1?: boolean;
}

/** A page whose example is a good event with one value changed. */
export function changed(
  page: Pick<RulePage, 'explanation' | 'source'>,
  of: GoodEvent,
  at: Change['at'],
  to?: unknown,
): RulePage {
  const good = exampleEvent(of);
  const bad = exampleEvent(of, { at, to });
  return {
    ...page,
    shown: { bad: memberText(bad, at), good: memberText(good, at) },
    capture: { bad: exampleDocument(bad), good: exampleDocument(good) },
  };
}

/** A page whose example is several events of one message, of which the last is compared with the first. */
export function following(
  page: Pick<RulePage, 'explanation' | 'source'>,
  bad: readonly unknown[],
  good: readonly unknown[],
): RulePage {
  const capture = { bad: exampleLines(...bad), good: exampleLines(...good) };
  return { ...page, shown: { bad: summaries(bad), good: summaries(good) }, capture };
}

const NOTHING = '(nothing)';
const LONGEST_SHOWN = 160;

function memberText(event: unknown, at: Change['at']): string {
  let value = event;
  for (const key of at) value = (value as Record<string | number, unknown> | undefined)?.[key];
  if (value === undefined) return NOTHING;
  const text = JSON.stringify(value);
  const key = at.at(-1);
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return typeof key === 'string' ? `"${key}": ${shown}` : shown;
}

function summaries(events: readonly unknown[]): string {
  return events.map(summaryOf).join('\n');
}

/** What is compared between the events of a message, on a line. */
function summaryOf(event: unknown): string {
  const { payload } = event as {
    payload: {
      status: string;
      messageStatusPayload: { gsId?: string; destination?: string; payload: { ts?: number } };
    };
  };
  const { gsId, destination, payload: inner } = payload.messageStatusPayload;
  return JSON.stringify({ status: payload.status, ts: inner.ts, gsId: gsId?.slice(0, 8), destination });
}
