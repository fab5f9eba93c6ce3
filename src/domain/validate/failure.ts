import { isKnownFailureCode } from '../failures.ts';
import { type JsonObject, valueAt } from '../json.ts';
import type { ProviderName, ProviderReading } from '../providers/provider.ts';
import type { ProblemList } from './problem-list.ts';
import { isBlank } from './provider-fields.ts';
import { PROVIDER_PATH } from './provider-path.ts';

/** Adds what is wrong with what a failed message says about why it failed. */
export function addFailureProblems(
  problems: ProblemList,
  raw: JsonObject,
  { provider, path, failure }: ProviderReading,
): void {
  if (failure === undefined) return;
  const { code, reason } = failure;
  const { place, element, text } = PLACES[provider];
  const inside = [...path, place, ...element];
  // One that is of a wrong type is said already.
  const hasCode = code !== undefined || !isBlank(valueAt(raw, [...inside, 'code']));
  const hasText = !isBlank(reason) || !isBlank(valueAt(raw, [...inside, text]));
  const at = (...keys: readonly string[]): readonly (string | number)[] => [
    ...PROVIDER_PATH,
    ...inside,
    ...keys,
  ];
  if (!hasCode && !hasText) problems.add('missing-failure-reason', [...PROVIDER_PATH, ...path, place], {});
  else if (!hasCode) problems.add('missing-failure-code', at('code'), {});
  else {
    if (code !== undefined && !isKnownFailureCode(provider, code)) {
      problems.add('unknown-failure-code', at('code'), { value: code });
    }
    if (!hasText) problems.add('missing-failure-text', at(text), {});
  }
}

/** Where a provider says why: the member, its element where it is a list, and the text in it. */
const PLACES = {
  gupshup: { place: 'payload', element: [], text: 'reason' },
  cloud: { place: 'errors', element: [0], text: 'title' },
} as const satisfies Record<ProviderName, object>;
