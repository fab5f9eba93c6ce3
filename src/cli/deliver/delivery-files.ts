import { CallbellStatusError } from '../../errors.ts';
import { hasContent, isSameFile, LineFile } from '../../io/line-file.ts';
import type { DeliveryFlags } from './delivery-flags.ts';

/** The files that a run writes besides its output. */
export interface DeliveryFiles {
  readonly report?: LineFile;
  readonly failures?: LineFile;
}

/**
 * Refuses files of `--report` and `--failures` that would take the place of something: of what the events are
 * read from, of each other and, without `--force`, of whatever is in them. Nothing is opened.
 *
 * @throws {CallbellStatusError} `usage`
 */
export async function checkDeliveryFiles(
  { report, failures, force }: DeliveryFlags,
  inputs: readonly string[] = [],
): Promise<void> {
  await rejectInUse('--report', report, inputs);
  await rejectInUse('--failures', failures, report === undefined ? inputs : [...inputs, report]);
  if (force) return;
  for (const file of [report, failures]) {
    if (file === undefined || !(await hasContent(file))) continue;
    throw new CallbellStatusError('usage', `${file} is there already`, { hint: '--force overwrites it' });
  }
}

/**
 * Opens the files of `--report` and `--failures`, which must have been checked, and empties them: both or
 * neither, so that where one cannot be written the other keeps what it holds.
 *
 * @throws {CallbellStatusError} `write-failed`
 */
export async function openDeliveryFiles({ report, failures }: DeliveryFlags): Promise<DeliveryFiles> {
  const reportFile = report === undefined ? undefined : await LineFile.open(report);
  try {
    const failuresFile = failures === undefined ? undefined : await LineFile.open(failures);
    await reportFile?.empty();
    await failuresFile?.empty();
    return {
      ...(reportFile && { report: reportFile }),
      ...(failuresFile && { failures: failuresFile }),
    };
  } catch (error) {
    await reportFile?.close();
    throw error;
  }
}

async function rejectInUse(flag: string, file: string | undefined, others: readonly string[]): Promise<void> {
  if (file === undefined) return;
  for (const other of others) {
    if (!(await isSameFile(file, other))) continue;
    throw new CallbellStatusError('usage', `${flag} would overwrite ${other}, which is in use`, {
      hint: 'name another file',
    });
  }
}
