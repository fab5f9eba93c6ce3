import type { Arrival } from '../../domain/arrival/arrival.ts';
import { describeProblem, type Problem, suggestionOf } from '../../domain/validate/problem.ts';

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
  return event === undefined ? [line, '\n'] : [line.slice(0, -1), ',"event":', event, '}\n'];
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The event as it came, where it is JSON: its bytes, unless they were packed or stand on several lines. */
function eventOnOneLine({ text, body, headers }: Arrival): string | Uint8Array | undefined {
  if (text === undefined) return undefined;
  const isPacked = headers['content-encoding'] !== undefined;
  if (!isPacked && !body.includes(LINE_FEED) && !body.includes(CARRIAGE_RETURN)) return body;
  // In JSON a line break can only be white space between tokens, so the text stays the same JSON.
  return text.replace(/[\r\n]+/g, ' ');
}

function jsonProblem(found: Problem): object {
  const { path, severity, code } = found;
  return { path, severity, code, message: describeProblem(found), suggestion: suggestionOf(found) };
}
