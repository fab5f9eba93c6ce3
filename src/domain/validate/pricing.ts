import type { JsonObject } from '../json.ts';
import { nearest } from '../nearest.ts';
import type { ProblemList } from './problem-list.ts';

const CATEGORIES = new Set([
  ...['marketing', 'marketing_lite', 'utility', 'authentication', 'service', 'referral_conversion'],
  // Meta's page has the dash, Gupshup's the underscore.
  ...['authentication-international', 'authentication_international', 'general_purpose_ai'],
  ...['group_marketing', 'group_utility', 'group_service'],
  // Before June 2023, and on an older page of Gupshup.
  ...['user_initiated', 'business_initiated', 'FEP'],
]);
const TYPES = new Set(['regular', 'free_customer_service', 'free_entry_point']);

/** Values that are documented or were seen, of both providers. */
const VALUES: Readonly<Record<string, ReadonlySet<string>>> = {
  policy: new Set(['PMP', 'CBP', 'NBP']),
  pricing_model: new Set(['PMP', 'CBP']),
  category: CATEGORIES,
  type: TYPES,
};

/** Adds values of a price that nobody documents, and one that is billable and free. */
export function addPricingProblems(
  problems: ProblemList,
  pricing: JsonObject,
  path: readonly (string | number)[],
): void {
  for (const key in VALUES) {
    const value = pricing[key];
    const known = VALUES[key];
    if (typeof value !== 'string' || known === undefined || known.has(value)) continue;
    const suggestion = nearest(value, [...known]);
    const details = { kind: 'value' as const, value, ...(suggestion && { suggestion }) };
    problems.add('unusual-pricing', [...path, key], details);
  }
  const { billable, type } = pricing;
  if (typeof billable !== 'boolean' || typeof type !== 'string' || !TYPES.has(type)) return;
  if (billable === (type === 'regular')) return;
  problems.add('unusual-pricing', [...path, 'billable'], { kind: 'billable', value: type });
}
