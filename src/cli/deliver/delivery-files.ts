import { CallbellStatusError } from '../../errors.ts';
import { isSameFile, LineFile } from '../../io/line-file.ts';
import type { DeliveryFlags } from './delivery-flags.ts';

/** The files that a run writes besides its output. */
export interface DeliveryFiles {
  readonly report?: LineFile;
  readonly failures?: LineFile;
}

/**
 * Opens the files of `--report` and `--failures`, empty; never one of those that the events are read from.
 *
 * @throws {CallbellStatusError} `usage`, `write-failed`
 */
export async function openDeliveryFiles(
  { report, failures }: DeliveryFlags,
  inputs: readonly string[] = [],
): Promise<DeliveryFiles> {
  await rejectInput('--report', report, inputs);
  await rejectInput('--failures', failures, inputs);
  const reportFile = report === undefined ? undefined : await LineFile.create(report);
  if (failures === undefined) return reportFile === undefined ? {} : { report: reportFile };
  await rejectInput('--failures', failures, report === undefined ? [] : [report]);
  const failuresFile = await LineFile.create(failures);
  return { failures: failuresFile, ...(reportFile !== undefined && { report: reportFile }) };
}

async function rejectInput(flag: string, file: string | undefined, others: readonly string[]): Promise<void> {
  if (file === undefined) return;
  for (const other of others) {
    if (!(await isSameFile(file, other))) continue;
    throw new CallbellStatusError('usage', `${flag} would overwrite ${other}, which is in use`, {
      hint: 'name another file',
    });
  }
}
