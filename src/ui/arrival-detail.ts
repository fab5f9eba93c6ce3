import type { Arrival, ForwardResult, Purpose, Refusal } from '../domain/arrival/arrival.ts';
import { findFailure } from '../domain/failures.ts';
import type { Transition } from '../domain/lifecycle.ts';
import type { ProviderReading } from '../domain/providers/provider.ts';
import type { Problem } from '../domain/validate/problem.ts';
import { formatGap, formatLatency } from './duration.ts';
import { dottedPath, problemSentence } from './problem-text.ts';
import type { Style } from './style.ts';
import { cut, visible } from './visible.ts';

/** A piece of a line, safe to print, with its colour. */
export interface Part {
  readonly text: string;
  readonly tone?: keyof Style | undefined;
  /** What stands for it in the line, where there is no room for the whole; that then goes below, unless it need not. */
  readonly short?: string | undefined;
  /** The short form says all that matters. */
  readonly isShortEnough?: boolean | undefined;
}

const LONGEST_TEXT = 200;

/** What changed, in short pieces, the most telling first. */
export function detailParts(arrival: Arrival): Part[] {
  const { sincePreviousMs, transition, reading, signature, onPurpose, forwards } = arrival;
  return [
    ...kindParts(arrival),
    ...(sincePreviousMs === undefined ? [] : [{ text: formatGap(sincePreviousMs) }]),
    ...(transition === undefined ? [] : changeParts(transition)),
    ...(reading === undefined ? [] : readingParts(reading)),
    ...(signature === 'unchecked' ? [] : [signaturePart(signature)]),
    ...(onPurpose ?? []).map((purpose) => ({ text: PURPOSE_WORDS[purpose], tone: 'yellow' as const })),
    ...(forwards ?? []).map(forwardPart),
  ];
}

function kindParts(arrival: Arrival): Part[] {
  const { kind, method, path, eventName, refusal } = arrival;
  if (refusal !== undefined) return [{ text: REFUSAL_WORDS[refusal], tone: 'red' }];
  const short = (text: string): string => visible(cut(text, LONGEST_TEXT));
  if (kind === 'connection-check') return [{ text: short(`${method} ${path}`), tone: 'dim' }];
  return kind === 'other-event' ? [{ text: short(eventName ?? ''), tone: 'dim' }] : [];
}

/** Each refusal in a few words. */
export const REFUSAL_WORDS: Readonly<Record<Refusal, string>> = {
  'too-large': 'body over the limit',
  'url-too-long': 'path too long',
  'too-many-headers': 'too many headers',
  'host-not-allowed': 'Host not allowed',
  'unknown-encoding': 'unknown Content-Encoding',
  'broken-encoding': 'broken Content-Encoding',
  'not-verified': 'signature required',
  'not-recorded': 'not recorded',
};

function changeParts({ kind, skipped, afterFailed }: Transition): Part[] {
  return [
    ...(kind === 'skipped' ? [{ text: `${skipped.join(', ')} skipped`, tone: 'yellow' as const }] : []),
    ...(kind === 'late' || kind === 'duplicate' ? [{ text: kind, tone: 'yellow' as const }] : []),
    ...(afterFailed ? [{ text: 'after failed', tone: 'yellow' as const }] : []),
  ];
}

function readingParts({ provider, failure, correction }: ProviderReading): Part[] {
  const { code, reason } = failure ?? {};
  const meaning = reason ?? (code === undefined ? undefined : findFailure(provider, code)?.reason);
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

function signaturePart(signature: Exclude<Arrival['signature'], 'unchecked'>): Part {
  if (signature === 'verified') return { text: 'signed', tone: 'dim' };
  return { text: signature === 'absent' ? 'not signed' : `signature ${signature}`, tone: 'red' };
}

const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  respond: 'answered on purpose',
  prefer: 'answered as Prefer asked',
  delay: 'delayed on purpose',
  reset: 'reset on purpose',
  hang: 'hung on purpose',
  empty: 'hung up on purpose',
  'slow-body': 'slow on purpose',
  malformed: 'malformed on purpose',
};

function forwardPart({ httpStatus, outcome, ms }: ForwardResult): Part {
  const tone = outcome === 'accepted' ? 'dim' : 'red';
  const short = `→ ${httpStatus ?? 'no answer'}`;
  // How long it took is, but for a little, in the column of the answer as well.
  return {
    text: `${short} ${formatLatency(ms)}`,
    tone,
    short,
    isShortEnough: true,
  };
}

/** What needs a sentence of its own, in the order of its weight. */
export function explanationLines(arrival: Arrival, verbose: boolean): Part[] {
  return [
    ...arrival.problems
      .filter(({ severity }) => verbose || severity !== 'note')
      .map((problem) => ({ text: problemText(problem), tone: TONES[problem.severity] })),
    ...(arrival.signatureReason === undefined
      ? []
      : [{ text: `signature: ${visible(arrival.signatureReason)}`, tone: 'yellow' as const }]),
    ...refusalAdvice(arrival),
    ...(arrival.forwards ?? []).flatMap(forwardLines),
    ...(isRisky(arrival)
      ? [{ text: '! Callbell may count only 200 as success', tone: 'yellow' as const }]
      : []),
    ...(verbose ? verboseLines(arrival) : []),
  ];
}

const TONES = { error: 'red', warning: 'yellow', note: 'dim' } as const;

function problemText(problem: Problem): string {
  const place = problem.path === '' ? '' : `  ${visible(dottedPath(problem.path))}`;
  return `${problem.severity}: ${problemSentence(problem)}${place}`;
}

function refusalAdvice({ refusal, headers }: Arrival): Part[] {
  if (refusal !== 'host-not-allowed') return [];
  const host = String(headers.host ?? '');
  const name = visible(cut(host.replace(/:\d*$/, ''), 100));
  return [{ text: `it was sent to "${name}"; if that is your tunnel: --allow-host ${name}` }];
}

function forwardLines({ reason, responseBody }: ForwardResult): Part[] {
  const firstLine = responseBody?.trim().split('\n', 1)[0] ?? '';
  return [
    ...(reason === undefined ? [] : [{ text: visible(cut(reason, LONGEST_TEXT)), tone: 'red' as const }]),
    ...(firstLine === '' ? [] : [{ text: visible(cut(firstLine, LONGEST_TEXT)) }]),
  ];
}

function isRisky({ answered }: Arrival): boolean {
  return answered !== null && answered > 200 && answered < 300;
}

function verboseLines(arrival: Arrival): Part[] {
  const { uuid, name, phone, method, path, reading } = arrival;
  const facts = [uuid, name, phone, reading?.provider, `${method} ${path}`];
  const text = facts
    .filter((fact) => fact !== undefined)
    .map((fact) => visible(cut(fact, LONGEST_TEXT)))
    .join(' · ');
  return [{ text, tone: 'dim' }];
}
