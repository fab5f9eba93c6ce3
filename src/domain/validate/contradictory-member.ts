import { isJsonObject, type JsonObject, valueAt } from '../json.ts';
import type { ProviderName, ProviderReading } from '../providers/provider.ts';
import type { ProblemList } from './problem-list.ts';
import { PROVIDER_PATH } from './provider-path.ts';

/** Statuses of which none has a reason to give; providers have more words, of which less is known. */
const SUCCESSES: ReadonlySet<string> = new Set(['enqueued', 'sent', 'delivered', 'read']);

/** Where a provider says why a message failed, below its object. */
const REASONS = {
  gupshup: [
    ['payload', 'code'],
    ['payload', 'reason'],
  ],
  cloud: [['errors']],
} as const satisfies Record<ProviderName, readonly (readonly string[])[]>;

/** Adds members that contradict the status: a reason of a failure where there is none, a price where there is one. */
export function addContradictoryMembers(
  problems: ProblemList,
  raw: JsonObject,
  { provider, path, status }: ProviderReading,
): void {
  const isFailed = status === 'failed';
  if (!isFailed && !SUCCESSES.has(status)) return;
  const object = valueAt(raw, path);
  for (const place of isFailed ? PRICE : REASONS[provider]) {
    if (!isStated(valueAt(object, place))) continue;
    const key = place.at(-1) ?? '';
    problems.add('contradictory-member', [...PROVIDER_PATH, ...path, ...place], { key, status });
    // Code and reason are one contradiction.
    return;
  }
}

const PRICE = [['pricing']] as const;

function isStated(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return Array.isArray(value) ? value.length > 0 : !isJsonObject(value) || Object.keys(value).length > 0;
}
