import { isKnownFailureCode } from '../failures.ts';
import type { ProviderReading } from '../providers/provider.ts';
import { type Problem, problem } from './problem.ts';
import { PROVIDER_PATH } from './provider-path.ts';

/** Checks what a failed message says about why it failed. */
export function failureProblems({ provider, path, failure }: ProviderReading): Problem[] {
  if (failure === undefined) return [];
  const inside = provider === 'gupshup' ? ['payload'] : ['errors', 0];
  const code = [...PROVIDER_PATH, ...path, ...inside, 'code'];
  if (failure.code === undefined) {
    if (failure.reason !== undefined) return [problem('missing-failure-code', code, {})];
    return [problem('missing-failure-reason', [...PROVIDER_PATH, ...path, ...inside.slice(0, 1)], {})];
  }
  if (isKnownFailureCode(failure.code)) return [];
  return [problem('unknown-failure-code', code, { value: failure.code })];
}
