import { type Arrival, isUnverified, type Purpose, type Refusal } from '../domain/arrival/arrival.ts';
import { failureText, findFailure } from '../domain/failures.ts';
import type { Transition } from '../domain/lifecycle.ts';
import type { ProviderReading } from '../domain/providers/provider.ts';
import type { Excerpt } from '../domain/validate/excerpt.ts';
import { formatGap, formatLatency } from './duration.ts';
import type { Style } from './style.ts';
import { cut, visible } from './visible.ts';

/** A piece of a line, safe to print, with its colour. */
export interface Part {
  readonly text: string;
  readonly tone?: keyof Style | undefined;
  /** What stands for it in the line, where there is no room for the whole; that then goes below, unless it need not. */
  readonly short?: string | undefined;
  /** What is to be seen where it is. */
  readonly excerpt?: Excerpt | undefined;
  /** The short form says all that matters. */
  readonly isShortEnough?: boolean | undefined;
}

/** Of a text from outside so much is shown. */
export const LONGEST_TEXT = 200;

/** What changed, in short pieces, the most telling first. */
export function detailParts(arrival: Arrival): Part[] {
  const { sincePreviousMs, transition, resentAfter, reading } = arrival;
  return [
    ...kindParts(arrival),
    ...(sincePreviousMs === undefined ? [] : [{ text: formatGap(sincePreviousMs) }]),
    ...(transition === undefined ? [] : changeParts(transition, resentAfter)),
    ...(reading === undefined ? [] : readingParts(reading)),
    ...signatureParts(arrival),
    ...purposeParts(arrival),
    ...forwardParts(arrival),
  ];
}

/** What an arrival is, where it is no status event, or why it was refused. */
export function kindParts(arrival: Arrival): Part[] {
  const { kind, method, path, eventName, refusal } = arrival;
  if (refusal !== undefined) return [{ text: REFUSAL_WORDS[refusal], tone: 'red' }];
  const short = (text: string): string => visible(cut(text, LONGEST_TEXT));
  if (kind === 'connection-check') {
    return [{ text: short(`${method} ${path}${wordsOf(arrival)}`), tone: 'dim' }];
  }
  return kind === 'other-event' ? [{ text: short(eventName ?? ''), tone: 'dim' }] : [];
}

/** The few words that a check of the connection may bring; none where they came compressed. */
function wordsOf({ body, headers }: Arrival): string {
  if (headers['content-encoding'] !== undefined) return '';
  const words = new TextDecoder().decode(body.subarray(0, LONGEST_TEXT)).trim();
  return words === '' ? '' : `  ${JSON.stringify(words)}`;
}

/** Each refusal in a few words. */
export const REFUSAL_WORDS: Readonly<Record<Refusal, string>> = {
  'too-large': 'body over the limit',
  'url-too-long': 'path too long',
  'too-many-headers': 'too many headers',
  'host-not-allowed': 'Host not allowed',
  'cross-origin': 'of a web page',
  'path-not-forwarded': 'path not passed on',
  'forward-loop': 'passed on in a loop',
  'unknown-encoding': 'unknown Content-Encoding',
  'broken-encoding': 'broken Content-Encoding',
  'not-verified': 'signature required',
  overloaded: 'too much under way',
  'not-recorded': 'not recorded',
};

function changeParts(
  { kind, skipped, afterFailed }: Transition,
  resentAfter: Arrival['resentAfter'],
): Part[] {
  if (resentAfter !== undefined) return [{ text: `again after ${resentAfter ?? 'no answer'}` }];
  return [
    ...(kind === 'skipped' ? [{ text: `${skipped.join(', ')} skipped`, tone: 'yellow' as const }] : []),
    ...(kind === 'late' || kind === 'duplicate' ? [{ text: kind, tone: 'yellow' as const }] : []),
    ...(afterFailed ? [{ text: 'after failed', tone: 'yellow' as const }] : []),
  ];
}

function readingParts({ provider, failure, correction }: ProviderReading): Part[] {
  const { code, reason } = failure ?? {};
  const fact = code === undefined ? undefined : findFailure(provider, code);
  const meaning = reason ?? (fact === undefined ? undefined : failureText(provider, fact));
  const words = [code, meaning].filter((part) => part !== undefined).join(' ');
  const corrected = correction?.corrected;
  return [
    ...(words === ''
      ? []
      : [{ text: visible(cut(words, LONGEST_TEXT)), tone: 'red' as const, short: code?.toString() }]),
    ...(corrected === undefined
      ? []
      : [{ text: `corrected to ${visible(cut(corrected, 40))}`, tone: 'yellow' as const }]),
  ];
}

function signatureParts(arrival: Arrival): Part[] {
  const { signature } = arrival;
  if (signature === 'verified') return [{ text: 'signed', tone: 'dim' }];
  if (!isUnverified(arrival)) return [];
  return [{ text: signature === 'absent' ? 'not signed' : `signature ${signature}`, tone: 'red' }];
}

/** All of them in few words, which leaves room for what changed. */
function purposeParts({ onPurpose = [] }: Arrival): Part[] {
  if (onPurpose.length === 0) return [];
  const ways = onPurpose.map((purpose) => PURPOSE_WORDS[purpose]).join(', ');
  return [{ text: `${ways} on purpose`, tone: 'yellow', short: 'on purpose', isShortEnough: true }];
}

const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  respond: 'answered',
  prefer: 'answered as Prefer asked',
  delay: 'delayed',
  reset: 'reset',
  hang: 'left waiting',
  empty: 'closed',
  'slow-body': 'slow',
  malformed: 'malformed',
};

/**
 * What the targets answered. Of one target it is in the column of the answer already, unless another was given on
 * purpose or there was none.
 */
function forwardParts({ forwards = [], answered }: Arrival): Part[] {
  const [only] = forwards;
  if (forwards.length === 1 && only?.httpStatus !== undefined && only.httpStatus === answered) return [];
  return forwards.map(({ httpStatus, outcome, ms }) => {
    const short = `→ ${httpStatus ?? 'no answer'}`;
    const tone = outcome === 'accepted' ? 'dim' : 'red';
    return { text: `${short} ${formatLatency(ms)}`, tone, short, isShortEnough: true };
  });
}
