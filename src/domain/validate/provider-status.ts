import { type JsonObject, valueAt } from '../json.ts';
import { nearest } from '../nearest.ts';
import type { ProviderReading } from '../providers/provider.ts';
import { isMessageStatus, MESSAGE_STATUSES } from '../status.ts';
import { type Problem, problem } from './problem.ts';
import { isBlank } from './provider-fields.ts';
import { PROVIDER_PATH } from './provider-path.ts';

/** Compares the provider's word for the status with Callbell's, and adds where they differ. */
export function addProviderStatusProblems(
  problems: Problem[],
  raw: JsonObject,
  outer: string | undefined,
  readings: readonly ProviderReading[],
  reading: ProviderReading,
): void {
  for (const { status, statusPath } of readings) {
    if (isMessageStatus(status)) continue;
    const path = [...PROVIDER_PATH, ...statusPath];
    if (isBlank(valueAt(raw, statusPath))) problems.push(problem('missing-provider-status', path, {}));
    // One that is no text is of a wrong type, which is said already.
    if (isBlank(status)) continue;
    const suggestion = nearest(status, MESSAGE_STATUSES);
    const details = { value: status, ...(suggestion !== undefined && { suggestion }) };
    problems.push(problem('unusual-provider-status', path, details));
  }
  // Of an outer status that is unknown it is said already; that the inner one differs from it is no news.
  if (!isMessageStatus(outer)) return;
  // What nearly every event is: one status inside, and the same.
  if (readings.length === 1 && reading.status === outer) return;
  const matching = readings.filter(({ status }) => status === outer).length;
  if (readings.length > 1 && matching !== 1) {
    const path = [...PROVIDER_PATH, ...reading.path.slice(0, -1)];
    problems.push(problem('several-statuses', path, { count: readings.length, matching, outer }));
  } else if (matching === 0 && isMessageStatus(reading.status)) {
    const path = [...PROVIDER_PATH, ...reading.statusPath];
    problems.push(problem('status-contradiction', path, { outer, inner: reading.status }));
  }
}
