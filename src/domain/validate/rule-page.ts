import { valueAt } from '../json.ts';
import { abbreviated, besideMember, memberText } from './abbreviated.ts';
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
    shown: shownPair(bad, good, at),
    capture: { bad: exampleDocument(bad), good: exampleDocument(good) },
  };
}

/**
 * A page whose example is several events of one message, of which the last is compared with the first.
 *
 * @param shown the members that are shown of each event besides its status
 */
export function following(
  page: Pick<RulePage, 'explanation' | 'source'>,
  bad: readonly unknown[],
  good: readonly unknown[],
  shown: readonly Change['at'][] = COMPARED,
): RulePage {
  const capture = { bad: exampleLines(...bad), good: exampleLines(...good) };
  return { ...page, shown: { bad: summaries(bad, shown), good: summaries(good, shown) }, capture };
}

/** A value as it should not and as it should be; where one of the two is missing, with what stands around it. */
function shownPair(bad: unknown, good: unknown, at: Change['at']): RulePage['shown'] {
  const key = at.at(-1) ?? '';
  const badParent = objectAt(bad, at.slice(0, -1));
  const goodParent = objectAt(good, at.slice(0, -1));
  const isIn = (parent: object): boolean => Object.hasOwn(parent, key);
  if (typeof key !== 'string' || (isIn(badParent) && isIn(goodParent))) {
    return { bad: shownMember(badParent, key), good: shownMember(goodParent, key) };
  }
  const full = isIn(badParent) ? badParent : goodParent;
  return {
    bad: besideMember(full, key, isIn(badParent)),
    good: besideMember(full, key, isIn(goodParent)),
  };
}

function objectAt(event: unknown, path: Change['at']): Readonly<Record<string | number, unknown>> {
  let value = event as Record<string | number, unknown>;
  for (const key of path) value = value[key] as Record<string | number, unknown>;
  return value;
}

function shownMember(parent: Readonly<Record<string | number, unknown>>, key: string | number): string {
  return typeof key === 'string' ? memberText(key, parent[key]) : abbreviated(parent[key]);
}

function summaries(events: readonly unknown[], shown: readonly Change['at'][]): string {
  return events.map((event) => summaryOf(event, shown)).join('\n');
}

/** What is compared between the events of a message, on a line; ids are told apart by their beginnings. */
function summaryOf(event: unknown, shown: readonly Change['at'][]): string {
  const members = [['payload', 'status'], ...shown].map((path) => {
    const value = valueAt(event, path);
    return [
      path.at(-1),
      typeof value === 'string' && value.length > LONGEST_SHOWN ? value.slice(0, 8) : value,
    ];
  });
  return JSON.stringify(Object.fromEntries(members));
}

const LONGEST_SHOWN = 20;
const RAW = ['payload', 'messageStatusPayload'] as const;
const COMPARED = [
  [...RAW, 'payload', 'ts'],
  [...RAW, 'gsId'],
  [...RAW, 'destination'],
] as const;
