import { EVENT_NAME } from '../event-name.ts';
import { isJsonObject } from '../json.ts';

/** More layers than any tool puts around an event. */
const MOST_LAYERS = 4;

/** Where tools put what they pass on: `{headers, params, query, body}`, `{json: …}`, a list of items. */
const KEYS = ['body', 'json', 'data'] as const;

/**
 * Where in a body that is no event an event is, as people write paths: `[0].body`. Undefined where there is none, or
 * none in a place that tools are known to put it (seen).
 */
export function findEventInside(value: unknown): string | undefined {
  return pathToEvent(value, '', MOST_LAYERS);
}

function pathToEvent(value: unknown, path: string, left: number): string | undefined {
  if (isJsonObject(value) && value.event === EVENT_NAME) return path;
  if (left === 0) return undefined;
  if (typeof value === 'string') return pathToEvent(parsed(value), path, left - 1);
  if (Array.isArray(value)) return pathToEvent(value[0], `${path}[0]`, left - 1);
  if (!isJsonObject(value)) return undefined;
  for (const key of KEYS) {
    const found =
      key in value ? pathToEvent(value[key], path === '' ? key : `${path}.${key}`, left - 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
