import {
  type CaptureReport,
  UNCOUNTED_KINDS,
  type UncountedKind,
} from '../../domain/report/capture-report.ts';
import { count } from '../count.ts';
import type { ReportSection } from './report-section.ts';

const UNCOUNTED_WORDS: Readonly<Record<UncountedKind, string>> = {
  otherEvents: 'other Callbell event',
  connectionChecks: 'connection check',
  unidentified: 'status event without a uuid or with an unknown status',
  unrecognised: 'piece that is no event',
  ownLines: 'line of a report of this tool',
  logLines: 'other line of a log',
  skipped: 'record that was cut off',
};

/** What is in the capture and in no figure, and what no event tells. */
export function unknownSection({ uncounted, unknown }: CaptureReport): ReportSection {
  const kinds = UNCOUNTED_KINDS.filter((kind) => uncounted[kind] > 0);
  const left = kinds.map((kind) => count(uncounted[kind], UNCOUNTED_WORDS[kind]));
  const wrong = uncounted.unidentified + uncounted.unrecognised > 0 ? '; validate shows what is wrong' : '';
  const { forgotten, withoutTime, wrongTimes, fallingTimes, otherFailures } = unknown;
  const sentences: readonly (readonly [number, string])[] = [
    [
      forgotten,
      `${count(forgotten, 'message')} counted before the end to bound memory; if more of their events came, they count as new messages`,
    ],
    [withoutTime, `${count(withoutTime, 'message')} without any time: in no hour or day`],
    [wrongTimes, `${count(wrongTimes, 'event')} with a provider time that cannot be: not used`],
    [
      fallingTimes,
      `${count(fallingTimes, 'message')} with times that fall: not in the times between statuses`,
    ],
    [otherFailures, `${count(otherFailures, 'failure')} with codes beyond the 1000 that are told apart`],
  ];
  return {
    title: 'Not counted, and not known',
    columns: [],
    rows: [],
    notes: [
      ...(left.length > 0 ? [`not counted: ${left.join(', ')}${wrong}`] : []),
      ...sentences.filter(([number]) => number > 0).map(([, sentence]) => sentence),
    ],
  };
}
