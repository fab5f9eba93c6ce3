/** Forms that events had during a time. One event has those of one era only. */
export interface Era {
  readonly meaning: string;
  /** First and last day, in ISO 8601; without `last` it goes on. */
  readonly first: string;
  readonly last?: string;
  /** Form of Gupshup's id on the WhatsApp side. */
  readonly gupshupIds: 'on-premises' | 'uuid';
  /** Pricing model: a price for each message, or for each conversation of a day. */
  readonly pricing: 'PMP' | 'CBP';
  /** Recipients have a business-scoped user id. */
  readonly hasBsuids: boolean;
  /** Late failures at Gupshup have codes of the on-premises API, not of Meta's Cloud API. */
  readonly hasOnPremisesCodes: boolean;
}

/** Every era, the oldest first; the last one is the default. */
export const ERAS = {
  '2023': {
    meaning:
      'on-premises ids (gBEG…) and codes, conversation pricing: from when Callbell adds the inner object',
    first: '2023-06-15',
    last: '2023-09-30',
    gupshupIds: 'on-premises',
    pricing: 'CBP',
    hasBsuids: false,
    hasOnPremisesCodes: true,
  },
  '2023-10': {
    meaning: 'UUIDs at Gupshup, conversation pricing',
    first: '2023-10-01',
    last: '2025-06-30',
    gupshupIds: 'uuid',
    pricing: 'CBP',
    hasBsuids: false,
    hasOnPremisesCodes: false,
  },
  '2025-07': {
    meaning: 'a price for each message',
    first: '2025-07-01',
    last: '2026-04-15',
    gupshupIds: 'uuid',
    pricing: 'PMP',
    hasBsuids: false,
    hasOnPremisesCodes: false,
  },
  '2026-04': {
    meaning: 'BSUIDs beside the numbers at Meta; the forms of November 2026',
    first: '2026-04-01',
    gupshupIds: 'uuid',
    pricing: 'PMP',
    hasBsuids: true,
    hasOnPremisesCodes: false,
  },
} as const satisfies Record<string, Era>;

/** Name of an era. */
export type EraName = keyof typeof ERAS;

/** Names of all eras, the oldest first. */
export const ERA_NAMES = Object.keys(ERAS) as [EraName, ...EraName[]];

/** Era whose forms are generated where none is asked for. */
export const DEFAULT_ERA: EraName = '2026-04';

const DAY_MILLISECONDS = 86_400_000;

/** Returns the last millisecond of an era, or undefined where it goes on. */
export function endOfEra(name: EraName): number | undefined {
  const { last }: Era = ERAS[name];
  return last === undefined ? undefined : Date.parse(last) + DAY_MILLISECONDS - 1;
}

/** Returns whether a moment lies in an era. */
export function isInEra(name: EraName, milliseconds: number): boolean {
  const end = endOfEra(name) ?? Number.POSITIVE_INFINITY;
  return milliseconds >= Date.parse(ERAS[name].first) && milliseconds <= end;
}
