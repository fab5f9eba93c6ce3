import type { CaseResult, Exchange } from './case.ts';
import { type CaseId, caseOf } from './cases.ts';

/** Of a transcript this many lines are shown, the last ones: a check fails behind what it is about. */
const MOST_LINES = 12;

/** Describes a failed case as plain text: the exchange, what was expected, why it matters and what to do. */
export function describeFailedCase(result: CaseResult): string {
  const { id, title, failed } = result;
  const { why, fix } = caseOf(id as CaseId);
  return [
    `${id}: ${title}`,
    ...exchangeLines(result).map((line) => `  ${line}`),
    ...failed.map(
      ({ level, expected, got }) =>
        `  expected ${expected}, got ${got}${level === 'recommended' ? ' (recommended)' : ''}`,
    ),
    `  why  ${why}`,
    `  do   ${fix}`,
  ].join('\n');
}

/** Formats the exchanges of a case, a line each; of a long one the last. */
export function exchangeLines({ exchanges, exchangesLeftOut }: CaseResult): string[] {
  const shown = exchanges.slice(-MOST_LINES);
  const hidden = exchanges.length - shown.length + exchangesLeftOut;
  return [...(hidden > 0 ? [`… ${hidden} exchanges before`] : []), ...shown.map(exchangeLine)];
}

function exchangeLine({ n, label, answer, state }: Exchange): string {
  const came = answer.httpStatus ?? answer.failure ?? 'no answer';
  const stated = state === undefined ? '' : `   state ${state.status ?? 'none'} (after ${state.afterMs} ms)`;
  return `${n}  ${label.padEnd(10)}  ${came}  ${Math.round(answer.ms)} ms${stated}`;
}
