import type { CaptureReport, FailureFigures } from '../../domain/report/capture-report.ts';
import { count } from '../count.ts';
import { share } from './report-figures.ts';
import { numberColumn, type ReportSection, textColumn } from './report-section.ts';

/** Why messages failed, by class and code, with what to do. */
export function failureSection({ failures, outcomes }: CaptureReport): ReportSection {
  const totals = new Map<string, number>();
  for (const failure of failures) {
    totals.set(failure.class, (totals.get(failure.class) ?? 0) + failure.messages);
  }
  const totalOf = (failure: FailureFigures): number => totals.get(failure.class) ?? 0;
  const byClass = failures.toSorted(
    (a, b) => totalOf(b) - totalOf(a) || a.class.localeCompare(b.class) || b.messages - a.messages,
  );
  return {
    title: 'Failures',
    columns: [
      { ...textColumn('class'), isMerged: true },
      numberColumn('code'),
      numberColumn('messages'),
      numberColumn('share'),
      textColumn('retry'),
    ],
    rows: byClass.map((failure) => ({
      cells: [
        `${failure.class} (${totalOf(failure)})`,
        failure.code === undefined ? 'none' : String(failure.code),
        String(failure.messages),
        share(failure.messages, outcomes.failed),
        retryWords(failure),
      ],
      value: failure.messages,
      below: [textOf(failure), failure.advice].filter(Boolean).join(' '),
    })),
    notes: [],
  };
}

/** The text of the catalogue; of a code that is in none, the one that came with it. */
function textOf({ title, text }: FailureFigures): string {
  const sentence = title ?? text ?? 'No reason is stated.';
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function retryWords({ retry, retryAfter }: FailureFigures): string {
  switch (retry) {
    case 'after':
      return retryAfter === undefined ? 'later' : `after ${spanWords(retryAfter)}`;
    case 'after-fix':
      return 'after a fix';
    default:
      return retry ?? '-';
  }
}

/** An ISO 8601 duration of hours or minutes: `24 h`, `10 min`. */
function spanWords(duration: string): string {
  const [, number, unit] = /^PT(\d+)([HM])$/.exec(duration) ?? [];
  return number === undefined ? duration : `${number} ${unit === 'H' ? 'h' : 'min'}`;
}

/** Who does not want to be written to. */
export function optOutSection({ optOuts }: CaptureReport): ReportSection {
  const { messages, recipients } = optOuts;
  const who = recipients.length === 0 ? '' : ` to ${count(recipients.length, 'recipient')}`;
  const sentence = `${count(messages, 'message')}${who} who opted out: send them no more; --json names them`;
  return { title: 'Opt-outs', columns: [], rows: [], notes: messages > 0 ? [sentence] : [] };
}
