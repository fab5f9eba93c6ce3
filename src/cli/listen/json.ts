import type { Arrival } from '../../domain/arrival/arrival.ts';
import { describeProblem, type Problem, suggestionOf } from '../../domain/validate/problem.ts';

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
  if (text === undefined) return `${escaped(line)}\n`;
  // In JSON a line break can only be white space between tokens, so the text stays the same JSON.
  return `${escaped(`${line.slice(0, -1)},"event":${text.replace(/[\r\n]+/g, ' ')}}`)}\n`;
}

/** What a terminal would obey or hide can only be inside a string, where an escape says the same. */
function escaped(json: string): string {
  return PLAIN.test(json) ? json : json.replace(OBEYED, escapeOf);
}

function escapeOf(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}

/** By far the most lines have nothing else, and are looked at only once. */
const PLAIN = /^[\t\x20-\x7e]*$/;

/** Control, format (bidi and zero-width among them) and line separators; a tab is white space between tokens. */
const OBEYED = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function jsonProblem(found: Problem): object {
  const { path, severity, code } = found;
  return { path, severity, code, message: describeProblem(found), suggestion: suggestionOf(found) };
}
