import { type Arrival, type ForwardResult, isUnverified } from '../domain/arrival/arrival.ts';
import { findEventInside } from '../domain/arrival/find-inside.ts';
import type { Problem } from '../domain/validate/problem.ts';
import { excerptOf } from './answer-excerpt.ts';
import { LONGEST_TEXT, type Part } from './arrival-detail.ts';
import { count } from './count.ts';
import { dottedPath, problemSentence } from './problem-text.ts';
import { cut, visible } from './visible.ts';

/** What of an arrival is explained. */
export interface ExplanationScope {
  /** Also the whole uuid, the name, the path, and the notes. */
  readonly verbose: boolean;
  /** What the targets answered was explained with the arrival before. */
  readonly isRepeated: boolean;
}

/** What needs a sentence of its own, in the order of its weight. */
export function explanationLines(arrival: Arrival, { verbose, isRepeated }: ExplanationScope): Part[] {
  return [
    ...arrival.problems
      .filter(({ severity }) => verbose || severity !== 'note')
      .map((problem) => ({
        text: problemText(problem),
        tone: TONES[problem.severity],
        excerpt: arrival.place?.problem === problem ? arrival.place.excerpt : undefined,
      })),
    ...leftOutNote(arrival),
    ...wrappingNote(arrival),
    ...(arrival.signatureReason === undefined || !isUnverified(arrival)
      ? []
      : [{ text: `signature: ${visible(arrival.signatureReason)}`, tone: 'yellow' as const }]),
    ...refusalAdvice(arrival),
    ...preferNote(arrival),
    ...(isRepeated ? [] : targetLines(arrival)),
    ...(isRisky(arrival)
      ? [{ text: '! Callbell may count only 200 as success', tone: 'yellow' as const }]
      : []),
    ...(verbose ? verboseLines(arrival) : []),
  ];
}

function leftOutNote({ problemsLeftOut }: Arrival): Part[] {
  if (problemsLeftOut === undefined) return [];
  return [{ text: `… ${count(problemsLeftOut, 'more problem')} of this event`, tone: 'dim' }];
}

const TONES = { error: 'red', warning: 'yellow', note: 'dim' } as const;

function problemText(problem: Problem): string {
  const place = problem.path === '' ? '' : `  ${visible(dottedPath(problem.path))}`;
  return `${problem.severity}[${problem.code}]: ${problemSentence(problem)}${place}`;
}

/** An event that a tool wrapped is no event to a handler, but who sees it here wonders why. */
function wrappingNote({ kind, json }: Arrival): Part[] {
  const inside = kind === 'unreadable' ? findEventInside(json) : undefined;
  if (inside === undefined) return [];
  const place = inside === '' ? 'as a text' : `at ${inside}`;
  return [
    { text: `the event is inside, ${place}: what passed it on should send that alone`, tone: 'yellow' },
  ];
}

/** A sender that asks for an answer there is none of would wonder. */
function preferNote({ headers, onPurpose, refusal }: Arrival): Part[] {
  const asked = /(?:^|[,;\s])(code=[^,;\s]*)/.exec(headers.prefer?.toString() ?? '')?.[1];
  if (asked === undefined || refusal !== undefined || onPurpose?.includes('prefer')) return [];
  const text = `Prefer: ${visible(cut(asked, 40))} was not obeyed: it takes a status from 200 to 599`;
  return [{ text, tone: 'yellow' }];
}

function refusalAdvice({ refusal, headers, path }: Arrival): Part[] {
  switch (refusal) {
    case 'host-not-allowed': {
      const name = visible(cut(String(headers.host ?? '').replace(/:\d*$/, ''), 100));
      return [{ text: `it was sent to "${name}"; if that is your tunnel: --allow-host ${name}` }];
    }
    case 'path-not-forwarded': {
      const asked = visible(cut(path, LONGEST_TEXT));
      return [
        { text: `${asked} could lead outside of what --forward-to names: it is no path, or has ".." in it` },
      ];
    }
    case 'forward-loop':
      return [
        {
          text: 'it has been here before: a target of --forward-to leads back to this listener, or to one before it',
        },
      ];
    default:
      return [];
  }
}

function targetLines(arrival: Arrival): Part[] {
  const { forwards = [] } = arrival;
  const lines = forwards.flatMap((result) => forwardLines(result, forwards.length > 1));
  return [...lines, ...verifyingHint(arrival)];
}

/** Why a target did not accept; of several, which one it was. */
function forwardLines(
  { url, outcome, httpStatus, reason, responseBody = '' }: ForwardResult,
  isOneOfSeveral: boolean,
): Part[] {
  const excerpt = excerptOf(responseBody);
  const why: readonly Part[] = [
    ...(reason === undefined ? [] : [{ text: visible(cut(reason, LONGEST_TEXT)), tone: 'red' as const }]),
    ...(excerpt === '' ? [] : [{ text: visible(cut(excerpt, LONGEST_TEXT)) }]),
    ...(httpStatus === 404 && !isOneOfSeveral
      ? [{ text: `it was asked for ${visible(cut(url, LONGEST_TEXT))}` }]
      : []),
  ];
  if (!isOneOfSeveral) return [...why];
  const who = `→ ${visible(cut(url, LONGEST_TEXT))}${httpStatus === undefined ? '' : ` ${httpStatus}`}`;
  if (why.length === 0) return outcome === 'refused' ? [{ text: who, tone: 'red' }] : [];
  return why.map(({ text, tone }) => ({ text: `${who}: ${text}`, tone }));
}

/** A handler that parses the JSON first verifies other bytes than those that came. */
function verifyingHint({ signature, forwards = [] }: Arrival): Part[] {
  if (signature !== 'verified' || forwards.every(({ httpStatus }) => httpStatus !== 401)) return [];
  const text =
    'the signature was right here, over the raw bytes: does the handler verify it before it parses the JSON?';
  return [{ text, tone: 'yellow' }];
}

function isRisky({ answered }: Arrival): boolean {
  return answered !== null && answered > 200 && answered < 300;
}

function verboseLines(arrival: Arrival): Part[] {
  const { uuid, name, phone, method, path, reading, kind, refusal } = arrival;
  // The line of a check has them already.
  if (kind === 'connection-check' && refusal === undefined) return [];
  const facts = [uuid, name, phone, reading?.provider, `${method} ${path}`];
  const text = facts
    .filter((fact) => fact !== undefined)
    .map((fact) => visible(cut(fact, LONGEST_TEXT)))
    .join(' · ');
  return [{ text, tone: 'dim' }];
}
