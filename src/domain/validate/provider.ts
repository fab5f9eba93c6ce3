import { isJsonObject, type JsonObject, jsonType, valueAt } from '../json.ts';
import type { NumberCorrection, ProviderReading, ProviderReadings } from '../providers/provider.ts';
import { cloudProblems } from './cloud.ts';
import { addContradictoryMembers } from './contradictory-member.ts';
import { addFailureProblems } from './failure.ts';
import { gupshupProblems } from './gupshup.ts';
import { addEnvelopeProblems } from './meta-envelope.ts';
import { type Problem, problem } from './problem.ts';
import type { ProblemList } from './problem-list.ts';
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
  problems: ProblemList,
  raw: unknown,
  outer: string | undefined,
  readings: ProviderReadings | undefined,
  reading: ProviderReading | undefined,
): void {
  const unreadable = judgeUnreadable(raw, readings);
  if (unreadable !== undefined) {
    problems.keep(unreadable);
    return;
  }
  if (readings === undefined || reading === undefined) {
    problems.add('no-status-inside', [...PROVIDER_PATH, ...emptyPlace(raw)], {});
    return;
  }
  const object = raw as JsonObject;
  addProviderStatusProblems(problems, object, outer, readings, reading);
  for (const each of readings.read) {
    if (each.provider === 'gupshup') gupshupProblems(object, each, problems);
    else cloudProblems(object, each, problems);
    addContradictoryMembers(problems, object, each);
  }
  if (reading.provider === 'cloud' && readings.unread === 0)
    addEnvelopeProblems(problems, object, readings.read);
  if (outer === 'failed' && reading.status === 'failed') {
    addFailureProblems(problems, object, reading);
  }
  if (reading.correction !== undefined) addCorrectionProblems(problems, object, reading.correction);
}

/** Whether this is the whole callback of Gupshup, whose inner object Callbell hands on. */
export function isGupshupCallback(raw: unknown): boolean {
  return isJsonObject(raw) && raw.type === 'message-event' && isJsonObject(raw.payload);
}

/** What is wrong where nothing can be read from what stands in the place of the provider's object. */
function judgeUnreadable(raw: unknown, readings: ProviderReadings | undefined): Problem | undefined {
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

/** How far one comes on the way to Meta's list of statuses. */
function emptyPlace(raw: unknown): readonly string[] {
  const ways = [['messaging', 'value', 'statuses'], ['value', 'statuses'], ['statuses'], ['entry']];
  const way = ways.find(([first = '']) => valueAt(raw, [first]) !== undefined) ?? [];
  const end = way.findIndex((_, index) => valueAt(raw, way.slice(0, index + 1)) === undefined);
  return end === -1 ? way : way.slice(0, end);
}

function addCorrectionProblems(
  problems: ProblemList,
  raw: JsonObject,
  { corrected, requested }: NumberCorrection,
): void {
  const path = [...PROVIDER_PATH, ...CORRECTED];
  if (isBlank(valueAt(raw, CORRECTED))) problems.add('missing-correction', path, {});
  // One that is no text is of a wrong type, which is said already.
  else if (corrected !== undefined && digitsOf(corrected) === digitsOf(requested ?? '')) {
    problems.add('useless-correction', path, { value: corrected });
  } else if (corrected !== undefined && requested !== undefined && corrected === raw.destination) {
    problems.add('swapped-correction', path, { value: corrected });
  }
}

const CORRECTED = ['payload', 'wa_id'] as const;

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}
