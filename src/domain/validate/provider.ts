import { isJsonObject, type JsonObject, jsonType } from '../json.ts';
import type { NumberCorrection, ProviderReading } from '../providers/provider.ts';
import { cloudProblems } from './cloud.ts';
import { failureProblems } from './failure.ts';
import { gupshupProblems } from './gupshup.ts';
import { type Problem, problem } from './problem.ts';
import { isBlank } from './provider-fields.ts';
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
  if (unreadable !== undefined) {
    problems.push(unreadable);
    return;
  }
  if (readings === undefined || reading === undefined) {
    problems.push(problem('no-status-inside', PROVIDER_PATH, {}));
    return;
  }
  const object = raw as JsonObject;
  addProviderStatusProblems(problems, object, outer, readings, reading);
  addObjectProblems(problems, object, readings);
  if (outer === 'failed' && reading.status === 'failed') problems.push(...failureProblems(object, reading));
  if (reading.correction !== undefined) problems.push(...correctionProblems(reading.correction));
}

/** What is wrong where nothing can be read from what stands in the place of the provider's object. */
function judgeUnreadable(
  raw: unknown,
  readings: readonly ProviderReading[] | undefined,
): Problem | undefined {
  if (raw === undefined || raw === null || (isJsonObject(raw) && isEmpty(raw))) {
    return problem('missing-provider-payload', PROVIDER_PATH, {});
  }
  if (typeof raw === 'string' && /^\s*[{[]/.test(raw)) {
    return problem('encoded-provider-payload', PROVIDER_PATH, {});
  }
  if (!isJsonObject(raw)) {
    return problem('provider-wrong-type', PROVIDER_PATH, { expected: 'object', found: jsonType(raw) });
  }
  return readings === undefined ? problem('unknown-provider', PROVIDER_PATH, {}) : undefined;
}

function addObjectProblems(problems: Problem[], raw: JsonObject, readings: readonly ProviderReading[]): void {
  for (const reading of readings) {
    if (reading.provider === 'gupshup') gupshupProblems(raw, reading, problems);
    else cloudProblems(raw, reading, problems);
  }
}

function correctionProblems({ corrected, requested }: NumberCorrection): Problem[] {
  const path = [...PROVIDER_PATH, 'payload', 'wa_id'];
  if (isBlank(corrected)) return [problem('missing-correction', path, {})];
  const isSame = corrected !== undefined && digitsOf(corrected) === digitsOf(requested ?? '');
  return isSame ? [problem('useless-correction', path, { value: corrected })] : [];
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}
