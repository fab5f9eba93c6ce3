import type { Readable } from 'node:stream';
import { CaptureReporter } from '../../domain/report/capture-reporter.ts';
import { CallbellStatusError } from '../../errors.ts';
import { listSources, realPathOf } from '../../io/capture/list-sources.ts';
import { DEFAULT_MAX_EVENT_BYTES, readCaptureBatches } from '../../io/capture/read-capture.ts';
import type { ReadingFigures } from '../../ui/report/report-json.ts';
import { visible } from '../../ui/visible.ts';
import type { Environment, OutputStream } from '../environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from '../exit-code.ts';
import { explainError } from '../explain-error.ts';
import { talk, write } from '../output.ts';
import { PassedOverFiles } from '../passed-over-files.ts';
import { chooseReportFormat } from './choose-report-format.ts';
import { readRecord } from './read-record.ts';
import type { ReportFlags } from './report-flags.ts';

/** Reads captures and reports what happened to their messages. What cannot be read does not stop the rest. */
export async function reportCaptures(
  paths: readonly string[],
  flags: ReportFlags,
  environment: Environment,
): Promise<ExitCode> {
  const { stdin, stdout, stderr, signal, now } = environment;
  const format = await chooseReportFormat(flags, environment);
  const reporter = new CaptureReporter();
  const reading = await readAll(paths, { reporter, stdin, stderr, signal, now: now().getTime() });
  const report = reporter.finish(flags.by);
  const isEmpty = report.events === 0;
  const isJson = flags.json === true || flags.format === 'json';
  if (!isEmpty || isJson) await write(stdout, format(report, reading));
  if (signal.aborted) {
    await talk(stderr, 'interrupted: what was not read is not in the report\n');
    return exitCodeOfSignal(signal);
  }
  if (isEmpty && reading.unreadable === 0) await talk(stderr, explainError(nothingToReport(reading.files)));
  return isEmpty || reading.unreadable > 0 ? EXIT_CODES.impossible : EXIT_CODES.ok;
}

function nothingToReport(files: number): CallbellStatusError {
  const where =
    files === 0 ? 'there is no capture' : 'there is no event with a known status that names its message';
  return new CallbellStatusError('unreadable-source', `nothing to report: ${where}`, {
    hint: 'callbell-status validate says what there is',
  });
}

/** Where records are read from and where they go. */
interface Reading {
  readonly reporter: CaptureReporter;
  readonly stdin: Readable;
  readonly stderr: OutputStream;
  readonly signal: AbortSignal;
  /** In unix milliseconds. */
  readonly now: number;
}

async function readAll(paths: readonly string[], reading: Reading): Promise<ReadingFigures> {
  const { stderr, signal } = reading;
  const met = new Set<string>();
  let unreadable = 0;
  const passedOver = new PassedOverFiles();
  for await (const { path: file, passedOver: why } of listSources(paths)) {
    if (signal.aborted) break;
    if (why !== undefined) {
      passedOver.add(file, why);
      continue;
    }
    const real = await realPathOf(file);
    if (met.has(real)) {
      const name = file === '-' ? 'standard input' : visible(file);
      await talk(stderr, `note: ${name} is named more than once, it was read once\n`);
      continue;
    }
    met.add(real);
    const fault = await readFile(file, reading);
    if (fault === undefined) continue;
    unreadable += 1;
    await talk(stderr, explainError(fault));
  }
  await talk(stderr, passedOver.text());
  return { files: met.size, passedOver: passedOver.count, unreadable, interrupted: signal.aborted };
}

/** Adds the records of a file to the report; gives why it could not be read, or not to its end. */
async function readFile(file: string, reading: Reading): Promise<CallbellStatusError | undefined> {
  const { reporter, stdin, signal, now } = reading;
  const stopReading = { sources: 'all', whenQuiet: undefined, atOnce: signal, onLeft: () => {} } as const;
  const input = { stdin, maxEventBytes: DEFAULT_MAX_EVENT_BYTES, stopReading, onBeginning: undefined };
  try {
    for await (const batch of readCaptureBatches(file, input)) {
      for (const record of batch) {
        const read = readRecord(record, now);
        if (typeof read === 'string') reporter.addUncounted(read);
        else reporter.add(read);
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof CallbellStatusError && error.code === 'unreadable-source') return error;
    throw error;
  }
}
