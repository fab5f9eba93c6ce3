import { EVENT_SCHEMA } from '../event-schema.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { misspeltKey, nearestKey } from './nearest-key.ts';
import type { ProblemList } from './problem-list.ts';

const PAYLOAD = EVENT_SCHEMA.properties.payload;
const CONTACT = PAYLOAD.properties.contact.anyOf[0];

const KNOWN = {
  // A captured body of another event had `createdAt` beside `event` (seen).
  event: new Set([...Object.keys(EVENT_SCHEMA.properties), 'createdAt']),
  payload: new Set(Object.keys(PAYLOAD.properties)),
  contact: new Set(Object.keys(CONTACT.properties)),
} as const;

const PATHS = { event: [], payload: ['payload'], contact: ['payload', 'contact'] } as const;

/** Adds keys that are not documented, in the three objects whose keys are. Fine, but a misspelling looks the same. */
export function addUnknownKeyProblems(problems: ProblemList, event: JsonObject): void {
  addUnknownKeys(problems, event, KNOWN.event, PATHS.event);
  const { payload } = event;
  if (!isJsonObject(payload)) return;
  addUnknownKeys(problems, payload, KNOWN.payload, PATHS.payload);
  if (isJsonObject(payload.contact)) {
    addUnknownKeys(problems, payload.contact, KNOWN.contact, PATHS.contact);
  }
}

function addUnknownKeys(
  problems: ProblemList,
  value: JsonObject,
  known: ReadonlySet<string>,
  path: readonly string[],
): void {
  for (const key in value) {
    if (known.has(key)) continue;
    const isFull = problems.isFull('unknown-key');
    const misspelt = isFull ? undefined : misspeltKey(key, [...known], value);
    if (misspelt !== undefined) {
      problems.add('misspelt-key', [...path, key], { key, suggestion: misspelt });
      continue;
    }
    const suggestion = isFull ? undefined : nearestKey(key, [...known], value);
    problems.add('unknown-key', [...path, key], { key, ...(suggestion && { suggestion }) });
  }
}
