import { CallbellStatusError } from '../../errors.ts';
import { LineFile } from '../../io/output/line-file.ts';
import { statOf } from '../../io/output/placed-file.ts';
import { ResumedFile } from '../../io/output/resumed-file.ts';
import { isSameFile } from '../../io/output/same-file.ts';
import type { DeliveryFlags } from './delivery-flags.ts';
import type { DeliverySource } from './delivery-source.ts';

/** The files that a run writes besides its output. */
export interface DeliveryFiles {
  readonly report: LineFile | undefined;
  readonly failures: LineFile | undefined;
  /** The file that the events are read from and the failures take the place of; undefined where that is none. */
  readonly resumed: ResumedFile | undefined;
}

/** Files that may be written, and are not opened yet. */
export interface PlannedFiles {
  /**
   * Opens both, or neither. What is in them stays until the end of the run.
   *
   * @throws {CallbellStatusError} `write-failed`, or `usage` where a listener is recording to the file of failures
   */
  open(): Promise<DeliveryFiles>;
}

/**
 * Checks the files of `--report` and `--failures`: neither may take the place of something that is not to be lost.
 * The failures may take the place of a file whose events are delivered, because all of its events are then either
 * accepted or among the failures.
 *
 * @throws {CallbellStatusError} `usage`
 */
export async function planDeliveryFiles(
  { report, failures, force }: Pick<DeliveryFlags, 'report' | 'failures' | 'force'>,
  source: Pick<DeliverySource, 'readsFrom' | 'isReplaceable' | 'isOpenToNewFiles'>,
): Promise<PlannedFiles> {
  const isReportRead = report !== undefined && (await source.readsFrom(report));
  const isResumed = failures !== undefined && (await source.readsFrom(failures));
  if (isReportRead && (await hasContent(report))) throw inUse('--report', report);
  if (isResumed && !source.isReplaceable && (await hasContent(failures))) throw inUse('--failures', failures);
  if (report !== undefined && failures !== undefined && (await isSameFile(failures, report))) {
    throw inUse('--failures', report);
  }
  for (const file of [report, isResumed ? undefined : failures]) {
    if (file === undefined || force || !(await hasContent(file))) continue;
    throw new CallbellStatusError('usage', `${file} is there already`, { hint: '--force overwrites it' });
  }
  const { isOpenToNewFiles } = source;
  return {
    open: async () => {
      const resumed = isResumed ? await ResumedFile.take(failures) : undefined;
      const reportFile = report && (await LineFile.open(report, isReportRead || isOpenToNewFiles));
      try {
        const failuresFile = failures && (await LineFile.open(failures, isResumed || isOpenToNewFiles));
        return { report: reportFile || undefined, failures: failuresFile || undefined, resumed };
      } catch (error) {
        await resumed?.release();
        await (reportFile || undefined)?.finish(true);
        throw error;
      }
    },
  };
}

/** Whether there is a regular file with something in it. */
async function hasContent(path: string): Promise<boolean> {
  const found = await statOf(path).catch(() => undefined);
  return found?.isFile() === true && found.size > 0;
}

function inUse(flag: string, file: string): CallbellStatusError {
  return new CallbellStatusError('usage', `${flag} would overwrite ${file}, which is in use`, {
    hint: 'name another file',
  });
}
