import type { Arrival } from '../../domain/arrival/arrival.ts';
import { pageOf } from '../../domain/arrival/web-page.ts';
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
    wordMember('kind', arrival.kind) +
    textMember('uuid', arrival.uuid) +
    wordMember('status', arrival.status) +
    textMember('phone', arrival.phone) +
    textMember('eventName', arrival.eventName) +
    wordMember('transition', transition?.kind) +
    member('skipped', transition?.kind === 'skipped' ? transition.skipped : undefined) +
    member('afterFailed', transition?.afterFailed || undefined) +
    member('resentAfter', arrival.resentAfter) +
    member('sincePreviousMs', arrival.sincePreviousMs) +
    (problems.length === 0 ? ',"problems":[]' : member('problems', problems.map(jsonProblem))) +
    member('problemsLeftOut', arrival.problemsLeftOut) +
    wordMember('signature', arrival.signature) +
    textMember('signatureReason', arrival.signatureReason) +
    `,"answered":${arrival.answered},"ms":${arrival.ms}` +
    wordMember('refusal', arrival.refusal) +
    textMember('page', arrival.refusal === 'cross-origin' ? pageOf(arrival.headers) : undefined) +
    member('onPurpose', arrival.onPurpose) +
    member('forward', forwards?.[0]) +
    member('forwards', forwards !== undefined && forwards.length > 1 ? forwards : undefined);
  const event = eventOnOneLine(arrival);
  return event === undefined ? [line, '}\n'] : [`${line},"event":`, event, '}\n'];
}

function member(name: string, value: object | string | number | boolean | null | undefined): string {
  return value === undefined ? '' : `,"${name}":${visibleJson(JSON.stringify(value))}`;
}

/** A word of ours, which holds nothing to escape. */
function wordMember(name: string, word: string | undefined): string {
  return word === undefined ? '' : `,"${name}":"${word}"`;
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

/**
 * Whether {@link visibleJson} would leave a body as it is: a quick answer from its bytes, which is right for ASCII
 * and most scripts, and the whole one from its text.
 */
function isVisibleLine(body: Uint8Array, text: string): boolean {
  const { buffer, byteOffset, length } = body;
  const words = new DataView(buffer, byteOffset, length);
  const inWords = length - (length % 8);
  let isDoubtful = false;
  // Eight bytes at a time, most of which are printable ASCII: one by one takes three times as long.
  for (let index = 0; index < inWords; index += 8) {
    if (arePrintable(words.getInt32(index), words.getInt32(index + 4))) continue;
    isDoubtful ||= hasDoubtful(body, index, index + 8);
  }
  isDoubtful ||= hasDoubtful(body, inWords, length);
  return !isDoubtful || isVisibleJson(text);
}

/**
 * Whether all bytes of two words are from 0x20 to 0x7e: none has its highest bit set, and none gets it when 0x20 is
 * taken from it or one is added.
 */
function arePrintable(first: number, second: number): boolean {
  const odd = first | (first - 0x20202020) | (first + 0x01010101);
  return ((odd | second | (second - 0x20202020) | (second + 0x01010101)) & 0x80808080) === 0;
}

function hasDoubtful(bytes: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    if (IS_DOUBTFUL[bytes[index] as number] === 1) return true;
  }
  return false;
}

/**
 * Bytes of UTF-8 by whether anything obeyed or hidden may begin with them: control characters, and the first bytes of
 * the characters that have such among them (U+0080 to 00BF, 0600 to 07FF, 0800 to 2FFF, F000 and above).
 */
const IS_DOUBTFUL = new Uint8Array(256);
IS_DOUBTFUL.fill(1, 0x00, 0x20);
for (const byte of [0x7f, 0xc2, 0xd8, 0xdb, 0xdc, 0xe0, 0xe1, 0xe2, 0xef, 0xf0, 0xf3]) IS_DOUBTFUL[byte] = 1;
IS_DOUBTFUL[0x09] = 0;

function jsonProblem(found: Problem): object {
  const { path, severity, code } = found;
  return { path, severity, code, message: describeProblem(found), suggestion: suggestionOf(found) };
}
