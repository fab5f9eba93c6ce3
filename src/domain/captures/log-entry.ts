import type { JsonObject } from '../json.ts';

/** The keys that loggers give to how bad it is, to what they say, and to when it was (pino, winston, bunyan, zap, Docker, …). */
const LEVELS = ['level', 'severity', 'lvl', 'levelname', 'loglevel', 'log.level'] as const;
const MESSAGES = ['msg', 'message', 'log', 'textPayload'] as const;
const TIMES = ['time', 'timestamp', 'ts', '@timestamp', 'date', 'datetime', 'asctime'] as const;

/** Whether an object is what a logger writes: a level, or a message with its time. An event has none of these. */
export function isLogEntry(value: JsonObject): boolean {
  if (LEVELS.some((key) => isScalar(value[key]))) return true;
  return MESSAGES.some((key) => typeof value[key] === 'string') && TIMES.some((key) => isScalar(value[key]));
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
