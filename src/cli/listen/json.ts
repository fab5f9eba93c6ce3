import type { Arrival } from '../../domain/arrival/arrival.ts';
import { describeProblem, type Problem, suggestionOf } from '../../domain/validate/problem.ts';
import { visibleJson } from '../../ui/visible-json.ts';

/** One fact as a line of JSON. */
export function jsonLine(fact: object): string {
  return `${JSON.stringify(fact)}\n`;
}

/** One arrival as a line of JSON; its event is the text that came, not that text parsed and written again. */
export function jsonArrival(arrival: Arrival): string {
  const { transition, forwards, text } = arrival;
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
  if (text === undefined) return `${visibleJson(line)}\n`;
  return `${visibleJson(`${line.slice(0, -1)},"event":${text}}`)}\n`;
}

function jsonProblem(found: Problem): object {
  const { path, severity, code } = found;
  return { path, severity, code, message: describeProblem(found), suggestion: suggestionOf(found) };
}
