import { isAscii } from 'node:buffer';
import type { Arrival } from '../../domain/arrival/arrival.ts';
import { describeProblem, type Problem, suggestionOf } from '../../domain/validate/problem.ts';
import { visibleJson } from '../../ui/visible-json.ts';

/** One fact as a line of JSON. */
export function jsonLine(fact: object): string {
  return `${JSON.stringify(fact)}\n`;
}

/**
 * One arrival as a line of JSON, in parts; its event is what came, not that parsed and written again.
 */
export function jsonArrival(arrival: Arrival): readonly (string | Uint8Array)[] {
  const { transition, forwards } = arrival;
  const line = JSON.stringify({
    type: 'arrival',
    n: arrival.n,
    receivedAt: arrival.receivedAt,
    method: arrival.method,
    path: arrival.path,
    kind: arrival.kind,
    uuid: arrival.uuid,
    status: arrival.status,
    phone: arrival.phone,
    eventName: arrival.eventName,
    transition: transition?.kind,
    skipped: transition?.kind === 'skipped' ? transition.skipped : undefined,
    afterFailed: transition?.afterFailed || undefined,
    sincePreviousMs: arrival.sincePreviousMs,
    problems: arrival.problems.map(jsonProblem),
    signature: arrival.signature,
    signatureReason: arrival.signatureReason,
    answered: arrival.answered,
    ms: arrival.ms,
    refusal: arrival.refusal,
    onPurpose: arrival.onPurpose,
    forward: forwards?.[0],
    forwards: forwards !== undefined && forwards.length > 1 ? forwards : undefined,
  });
  const event = eventOnOneLine(arrival);
  const head = visibleJson(line);
  return event === undefined ? [head, '\n'] : [head.slice(0, -1), ',"event":', event, '}\n'];
}

/** The event as it came, where it is JSON: its bytes, unless they were packed or must be escaped. */
function eventOnOneLine({ text, body, headers }: Arrival): string | Uint8Array | undefined {
  if (text === undefined) return undefined;
  const isPacked = headers['content-encoding'] !== undefined;
  return !isPacked && isPlainLine(body) ? body : visibleJson(text);
}

const NOT_PLAIN = [0x0a, 0x0d, 0x7f];

/** Whether the bytes of a JSON text are those that {@link visibleJson} would leave as they are. */
function isPlainLine(bytes: Uint8Array): boolean {
  return isAscii(bytes) && !NOT_PLAIN.some((byte) => bytes.includes(byte));
}

function jsonProblem(found: Problem): object {
  const { path, severity, code } = found;
  return { path, severity, code, message: describeProblem(found), suggestion: suggestionOf(found) };
}
