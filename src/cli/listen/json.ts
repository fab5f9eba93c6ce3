import { isAscii } from 'node:buffer';
import type { Arrival } from '../../domain/arrival/arrival.ts';
import { describeProblem, type Problem, suggestionOf } from '../../domain/validate/problem.ts';
import { isVisibleJson, visibleJson } from '../../ui/visible-json.ts';

/** One fact as a line of JSON. */
export function jsonLine(fact: object): string {
  return `${JSON.stringify(fact)}\n`;
}

/**
 * One arrival as a line of JSON, in parts; its event is what came, not that parsed and written again.
 */
export function jsonArrival(arrival: Arrival): readonly (string | Uint8Array)[] {
  const { transition, forwards, problems } = arrival;
  // Put together by hand: JSON.stringify looks at two dozen keys, of which most are absent, for twice the time.
  const line =
    `{"type":"arrival","n":${arrival.n},"receivedAt":"${arrival.receivedAt}"` +
    textMember('method', arrival.method) +
    textMember('path', arrival.path) +
    textMember('kind', arrival.kind) +
    textMember('uuid', arrival.uuid) +
    textMember('status', arrival.status) +
    textMember('phone', arrival.phone) +
    textMember('eventName', arrival.eventName) +
    textMember('transition', transition?.kind) +
    member('skipped', transition?.kind === 'skipped' ? transition.skipped : undefined) +
    member('afterFailed', transition?.afterFailed || undefined) +
    member('sincePreviousMs', arrival.sincePreviousMs) +
    (problems.length === 0 ? ',"problems":[]' : member('problems', problems.map(jsonProblem))) +
    textMember('signature', arrival.signature) +
    textMember('signatureReason', arrival.signatureReason) +
    `,"answered":${arrival.answered},"ms":${arrival.ms}` +
    textMember('refusal', arrival.refusal) +
    member('onPurpose', arrival.onPurpose) +
    member('forward', forwards?.[0]) +
    member('forwards', forwards !== undefined && forwards.length > 1 ? forwards : undefined);
  const event = eventOnOneLine(arrival);
  return event === undefined ? [line, '}\n'] : [`${line},"event":`, event, '}\n'];
}

function member(name: string, value: object | string | number | boolean | undefined): string {
  return value === undefined ? '' : `,"${name}":${visibleJson(JSON.stringify(value))}`;
}

/** What is written between quotes as it is: printable ASCII but for the quote and the backslash. */
const PLAIN_TEXT = /^[ !#-[\]-~]*$/;

function textMember(name: string, text: string | undefined): string {
  if (text === undefined) return '';
  return PLAIN_TEXT.test(text) ? `,"${name}":"${text}"` : member(name, text);
}

/** The event as it came, where it is JSON: its bytes, unless they were packed or must be escaped. */
function eventOnOneLine({ text, body, headers }: Arrival): string | Uint8Array | undefined {
  if (text === undefined) return undefined;
  const isPacked = headers['content-encoding'] !== undefined;
  return !isPacked && isVisibleLine(body, text) ? body : visibleJson(text);
}

const NOT_VISIBLE = [0x0a, 0x0d, 0x7f];

/** Whether {@link visibleJson} would leave a body as it is. */
function isVisibleLine(body: Uint8Array, text: string): boolean {
  if (!isAscii(body)) return isVisibleJson(text);
  return !NOT_VISIBLE.some((byte) => body.includes(byte));
}

function jsonProblem(found: Problem): object {
  const { path, severity, code } = found;
  return { path, severity, code, message: describeProblem(found), suggestion: suggestionOf(found) };
}
