import { isJsonObject, type JsonObject, stringAt } from '../../json.ts';
import {
  type Path,
  type ProviderFailure,
  type ProviderReading,
  type ProviderReadings,
  readFailureCode,
} from '../provider.ts';

interface LocatedStatus {
  readonly path: Path;
  readonly value: JsonObject;
}

/** Statuses that are read of one object. */
const MOST_STATUSES = 1000;

/** Reads the statuses in an object of Meta's. */
export function readCloud(raw: JsonObject): ProviderReadings {
  const read: ProviderReading[] = [];
  let unread = 0;
  for (const located of locateStatuses(raw) ?? []) {
    if (read.length < MOST_STATUSES) read.push(readStatus(located));
    else unread += 1;
  }
  return { read, unread };
}

/** Finds the statuses in an object of Meta's; undefined where it has none of the shapes. */
export function locateStatuses(raw: JsonObject): Iterable<LocatedStatus> | undefined {
  if ('messaging' in raw) return statusesOfChange(raw.messaging, ['messaging']) ?? [];
  if (Array.isArray(raw.entry)) return statusesOfEntries(raw.entry);
  // A change alone, and its value alone: Meta's envelope taken apart on its way (seen in workflow tools).
  const inside = statusesOfChange(raw, []) ?? statusesOf(raw, []);
  if (inside !== undefined) return inside;
  const isBare = typeof raw.status === 'string' && (raw.id !== undefined || raw.timestamp !== undefined);
  return isBare || 'recipient_id' in raw ? [{ path: [], value: raw }] : undefined;
}

function* statusesOfEntries(list: readonly unknown[]): Generator<LocatedStatus> {
  for (const entry of entries(list, ['entry'])) {
    for (const change of entries(entry.value.changes, [...entry.path, 'changes'])) {
      yield* statusesOfChange(change.value, change.path) ?? [];
    }
  }
}

function statusesOfChange(change: unknown, path: Path): Iterable<LocatedStatus> | undefined {
  return isJsonObject(change) ? statusesOf(change.value, [...path, 'value']) : undefined;
}

function statusesOf(value: unknown, path: Path): Iterable<LocatedStatus> | undefined {
  const statuses = isJsonObject(value) ? value.statuses : undefined;
  return Array.isArray(statuses) ? entries(statuses, [...path, 'statuses']) : undefined;
}

function* entries(list: unknown, path: Path): Generator<LocatedStatus> {
  if (!Array.isArray(list)) return;
  for (const [index, value] of list.entries()) {
    if (isJsonObject(value)) yield { path: [...path, index], value };
  }
}

/** Reads one status. */
function readStatus({ path, value }: LocatedStatus): ProviderReading {
  const status = stringAt(value, 'status') ?? '';
  const timeSeconds = readTimestamp(value.timestamp);
  const destination = stringAt(value, 'recipient_id');
  const whatsappId = stringAt(value, 'id');
  const gupshupId = stringAt(value, 'gs_id');
  return {
    provider: 'cloud',
    status,
    statusPath: [...path, 'status'],
    path,
    whatsappIdPath: ['id'],
    timeSeconds,
    destination,
    whatsappId,
    gupshupId,
    failure: status === 'failed' ? readFailure(value.errors) : undefined,
  };
}

/** A string of unix seconds (documented); Gupshup's v3 `enqueued` has a number of milliseconds (documented). */
function readTimestamp(timestamp: unknown): number | undefined {
  const seconds =
    typeof timestamp === 'string' && /^\d{1,15}$/.test(timestamp) ? Number(timestamp) : timestamp;
  if (typeof seconds !== 'number') return undefined;
  return seconds > 100_000_000_000 ? Math.floor(seconds / 1000) : seconds;
}

/** The first of `errors[]`; even the array may be missing (seen). The details are the most telling text. */
function readFailure(errors: unknown): ProviderFailure {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (!isJsonObject(first)) return {};
  const details = stringAt(first.error_data, 'details');
  const reason = stringAt(first, 'title') ?? stringAt(first, 'message') ?? details;
  const code = readFailureCode(first.code);
  return {
    ...(code !== undefined && { code }),
    ...(reason !== undefined && { reason }),
  };
}
