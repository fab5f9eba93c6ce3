import { isKnownFailureCode } from '../failures.ts';
import { type JsonObject, valueAt } from '../json.ts';
import type { ProviderReading } from '../providers/provider.ts';
import { type Problem, problem } from './problem.ts';
import { isBlank } from './provider-fields.ts';
import { PROVIDER_PATH } from './provider-path.ts';

/** Checks what a failed message says about why it failed. */
export function failureProblems(raw: JsonObject, { provider, path, failure }: ProviderReading): Problem[] {
  if (failure === undefined) return [];
  const inside = [...path, ...(provider === 'gupshup' ? ['payload'] : ['errors', 0])];
  const code = [...inside, 'code'];
  if (failure.code !== undefined) {
    if (isKnownFailureCode(failure.code)) return [];
    return [problem('unknown-failure-code', [...PROVIDER_PATH, ...code], { value: failure.code })];
  }
  // One that is no number is of a wrong type, which is said already.
  if (!isBlank(valueAt(raw, code))) return [];
  if (!isBlank(failure.reason)) return [problem('missing-failure-code', [...PROVIDER_PATH, ...code], {})];
  const where = provider === 'gupshup' ? inside : inside.slice(0, -1);
  return [problem('missing-failure-reason', [...PROVIDER_PATH, ...where], {})];
}
