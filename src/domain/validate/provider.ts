import { isJsonObject, type JsonObject } from '../json.ts';
import type { NumberCorrection, ProviderReading } from '../providers/provider.ts';
import { cloudProblems } from './cloud.ts';
import { failureProblems } from './failure.ts';
import { gupshupProblems } from './gupshup.ts';
import { type Problem, problem } from './problem.ts';
import { PROVIDER_PATH } from './provider-path.ts';
import { addProviderStatusProblems } from './provider-status.ts';

/**
 * Adds what is wrong with the raw object of the provider.
 *
 * @param readings what its statuses say, where the provider is known
 * @param reading the one of them that belongs to the outer status
 */
export function addProviderProblems(
  problems: Problem[],
  raw: unknown,
  outer: string | undefined,
  readings: readonly ProviderReading[] | undefined,
  reading: ProviderReading | undefined,
): void {
  const unreadable = judgeUnreadable(raw, readings);
  if (unreadable !== undefined || readings === undefined || reading === undefined) {
    problems.push(problem(unreadable ?? 'no-status-inside', PROVIDER_PATH, {}));
    return;
  }
  addProviderStatusProblems(problems, outer, readings, reading);
  addObjectProblems(problems, raw as JsonObject, readings);
  if (outer === 'failed' && reading.status === 'failed') problems.push(...failureProblems(reading));
  if (reading.correction !== undefined) problems.push(...correctionProblems(reading.correction));
}

/** Why nothing can be read from what stands in the place of the provider's object. */
function judgeUnreadable(
  raw: unknown,
  readings: readonly ProviderReading[] | undefined,
): 'missing-provider-payload' | 'encoded-provider-payload' | 'unknown-provider' | undefined {
  if (raw === undefined || raw === null || (isJsonObject(raw) && isEmpty(raw))) {
    return 'missing-provider-payload';
  }
  if (typeof raw === 'string' && /^\s*[{[]/.test(raw)) return 'encoded-provider-payload';
  return readings === undefined ? 'unknown-provider' : undefined;
}

function addObjectProblems(problems: Problem[], raw: JsonObject, readings: readonly ProviderReading[]): void {
  for (const reading of readings) {
    if (reading.provider === 'gupshup') gupshupProblems(raw, reading, problems);
    else cloudProblems(raw, reading, problems);
  }
}

function correctionProblems({ corrected, requested }: NumberCorrection): Problem[] {
  const path = [...PROVIDER_PATH, 'payload', 'wa_id'];
  if (corrected === undefined) return [problem('missing-correction', path, {})];
  return corrected === requested ? [problem('useless-correction', path, { value: corrected })] : [];
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}
