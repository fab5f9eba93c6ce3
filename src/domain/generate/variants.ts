import type { FailureProvider } from '../failures.ts';
import type { Origin } from '../origin.ts';
import { ERA_NAMES, type EraName } from './era.ts';

/** Form of an event that is met beside the usual one. */
export interface Variant {
  readonly meaning: string;
  /** How the form is known. */
  readonly origin: Origin;
  readonly providers: readonly FailureProvider[];
  /** First era that has it; where none is named, the first of all. */
  readonly since?: EraName;
}

/** Every variant; several may be combined. */
export const VARIANTS = {
  conversation: {
    meaning: 'with `conversation`: sent by Graph versions up to 23.0; its expiry equals the time of sending',
    origin: 'seen',
    providers: ['gupshup', 'cloud'],
    since: '2025-07',
  },
  'no-pricing': {
    meaning: 'without `pricing`: 4 of 53 real "sent" of one project',
    origin: 'seen',
    providers: ['gupshup', 'cloud'],
  },
  'number-only': {
    meaning: 'without `recipient_user_id` and `contacts`, as captures up to mid April 2026',
    origin: 'seen',
    providers: ['cloud'],
    since: '2026-04',
  },
  profile: {
    meaning:
      "`contacts` with the recipient's profile, as Meta documents it: not on failed, `username` not on sent",
    origin: 'documented',
    providers: ['cloud'],
    since: '2026-04',
  },
  'parent-id': {
    meaning: 'with the parent BSUID of linked business portfolios',
    origin: 'documented',
    providers: ['cloud'],
    since: '2026-04',
  },
  'template-id': {
    meaning: 'with `template_id`, as for Direct Send since August 2026; templates only',
    origin: 'seen',
    providers: ['cloud'],
    since: '2026-04',
  },
  'user-id': {
    meaning: "with `userId` (BSUID): only where the partner's flag is on; that of Callbell is unknown",
    origin: 'documented',
    providers: ['gupshup'],
    since: '2026-04',
  },
  'short-id': {
    meaning: '22 base62 characters as id: a late failure of August 2026; other statuses unknown',
    origin: 'seen',
    providers: ['gupshup'],
    since: '2026-04',
  },
  'failure-id': {
    meaning: 'a late failure with an id of its own, as in an example of 2022',
    origin: 'documented',
    providers: ['gupshup'],
  },
} as const satisfies Record<string, Variant>;

/** Name of a variant. */
export type VariantName = keyof typeof VARIANTS;

/** Names of all variants. */
export const VARIANT_NAMES = Object.keys(VARIANTS) as [VariantName, ...VariantName[]];

/** Returns whether a provider has a variant in an era. */
export function hasVariant(name: VariantName, provider: FailureProvider | undefined, era: EraName): boolean {
  const { providers, since = ERA_NAMES[0] }: Variant = VARIANTS[name];
  if (provider === undefined || !providers.includes(provider)) return false;
  return ERA_NAMES.indexOf(era) >= ERA_NAMES.indexOf(since);
}
