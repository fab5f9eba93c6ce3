import { type JsonObject, valueAt } from '../json.ts';
import type { ProviderReading, ProviderReadings } from '../providers/provider.ts';
import { isMessageStatus } from '../status.ts';
import { suggestStatus } from '../status-synonyms.ts';
import type { ProblemList } from './problem-list.ts';
import { isBlank } from './provider-fields.ts';
import { PROVIDER_PATH } from './provider-path.ts';

/** Compares the provider's word for the status with Callbell's, and adds where they differ. */
export function addProviderStatusProblems(
  problems: ProblemList,
  raw: JsonObject,
  outer: string | undefined,
  { read: readings, unread }: ProviderReadings,
  reading: ProviderReading,
): void {
  for (const each of readings) addUnknownWord(problems, raw, each);
  // Of an outer status that is unknown it is said already; that the inner one differs from it is no news.
  if (!isMessageStatus(outer)) return;
  // What nearly every event is: one status inside, and the same.
  if (readings.length === 1 && reading.status === outer) return;
  const matching = readings.filter(({ status }) => status === outer).length;
  if (readings.length > 1 && (matching !== 1 || unread > 0)) {
    const path = [...PROVIDER_PATH, ...reading.path.slice(0, -1)];
    const count = readings.length + unread;
    problems.add('several-statuses', path, { count, matching, outer, ...(unread > 0 && { unread }) });
  } else if (matching === 0 && isMessageStatus(reading.status)) {
    const path = [...PROVIDER_PATH, ...reading.statusPath];
    problems.add('status-contradiction', path, { outer, inner: reading.status });
  }
}

function addUnknownWord(
  problems: ProblemList,
  raw: JsonObject,
  { status, statusPath }: ProviderReading,
): void {
  if (isMessageStatus(status)) return;
  const path = [...PROVIDER_PATH, ...statusPath];
  if (isBlank(valueAt(raw, statusPath))) problems.add('missing-provider-status', path, {});
  // One that is no text is of a wrong type, which is said already.
  if (isBlank(status)) return;
  const suggestion = suggestStatus(status);
  const details = { value: status, ...(suggestion !== undefined && { suggestion }) };
  problems.add('unusual-provider-status', path, details);
}
