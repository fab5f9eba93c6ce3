import type { ProblemCode } from '../../domain/validate/problem.ts';
import { ValidationTally } from '../../domain/validate/tally.ts';
import type { LocatedProblem } from '../../domain/validate/text.ts';
import { CallbellStatusError } from '../../errors.ts';
import { listSources, realPathOf } from '../../io/capture/list-sources.ts';
import { DEFAULT_MAX_EVENT_BYTES, readCaptureBatches } from '../../io/capture/read-capture.ts';
import type { ValidationFormat } from '../../ui/validation-format.ts';
import { visible } from '../../ui/visible.ts';
import type { Environment } from '../environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from '../exit-code.ts';
import { explainError } from '../explain-error.ts';
import { PassedOverFiles } from '../passed-over-files.ts';
import { chooseFormat } from './choose-format.ts';
import { FileReport, type ReportLimits } from './file-report.ts';
import { ReportOutput } from './report-output.ts';
import type { ValidationFormatName } from './validate-flags.ts';
import { ValidationProgress } from './validation-progress.ts';

/** The flags of `validate`. */
export interface ValidateFlags {
  readonly format?: ValidationFormatName | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly color?: boolean | undefined;
  readonly strict?: boolean | undefined;
  readonly ignore?: readonly ProblemCode[] | undefined;
  /** 0: all. */
  readonly maxProblems?: number | undefined;
  readonly maxEvent?: number | undefined;
  readonly now?: Date | undefined;
}

/** Everything that one run over some files shares. */
interface Run {
  readonly flags: ValidateFlags;
  readonly environment: Environment;
  readonly format: ValidationFormat;
  readonly tally: ValidationTally;
  readonly progress: ValidationProgress;
  readonly output: ReportOutput;
  readonly passedOver: PassedOverFiles;
  /** The files that were met, by the paths that no link leads to. */
  readonly met: Set<string>;
}

/** Checks files and folders and reports every problem, then the figures. What cannot be read does not stop the rest. */
export async function validateFiles(
  paths: readonly string[],
  flags: ValidateFlags,
  environment: Environment,
): Promise<ExitCode> {
  const { signal } = environment;
  const format = await chooseFormat(flags, environment);
  const tally = new ValidationTally();
  const progress = new ValidationProgress(environment, flags.quiet === true);
  const output = new ReportOutput(environment, progress);
  const passedOver = new PassedOverFiles();
  const run: Run = { flags, environment, format, tally, progress, output, passedOver, met: new Set() };
  let unreadable = false;
  try {
    await output.report(format.begin?.() ?? '');
    for (const path of paths) {
      if (!(await validatePath(path, run))) unreadable = true;
    }
  } finally {
    progress.stop();
  }
  if (!flags.quiet) await output.talk(passedOver.text());
  await output.report(await format.summary(tally.summary(signal.aborted), passedOver));
  if (signal.aborted) return exitCodeOfSignal(signal);
  if (unreadable) return EXIT_CODES.impossible;
  return hasFailed(run) ? EXIT_CODES.failed : EXIT_CODES.ok;
}

function hasFailed({ tally, flags }: Run): boolean {
  const { errors, warnings } = tally.summary();
  return errors > 0 || (flags.strict === true && warnings > 0);
}

/**
 * Whether nothing that is read from now on can matter: nobody reads the report, and the verdict is there. The
 * files that are left are still opened, because one that cannot be is worse than one with errors.
 */
function isDecided(run: Run): boolean {
  return run.output.isClosed && hasFailed(run);
}

/** Checks a file, or the files of a folder; false where something could not be read. */
async function validatePath(path: string, run: Run): Promise<boolean> {
  const { output, environment } = run;
  let files = 0;
  let readable = true;
  for await (const { path: file, passedOver } of listSources([path])) {
    if (environment.signal.aborted) return readable;
    if (passedOver !== undefined) {
      run.passedOver.add(file, passedOver);
      continue;
    }
    files += 1;
    if (await isMetAgain(file, run)) continue;
    try {
      await validateFile(file, run);
    } catch (error) {
      if (!(error instanceof CallbellStatusError) || error.code !== 'unreadable-source') throw error;
      readable = false;
      run.tally.addUnreadable();
      await output.talk(explainError(error));
    }
  }
  if (files > 0) return readable;
  const nothing = new CallbellStatusError('unreadable-source', `there is no capture in ${path}`, {
    hint: 'a capture is named .json, .ndjson, .jsonl or .har, or begins like JSON, or has an event in its text',
  });
  await output.talk(explainError(nothing));
  await output.report(run.format.fileEnd?.({ source: path, leftOut: 0, fault: nothing.message }) ?? '');
  return false;
}

/** Whether a file was read before, under this name or another; that it is not read again is said. */
async function isMetAgain(file: string, { met, output, flags }: Run): Promise<boolean> {
  const real = await realPathOf(file);
  if (!met.has(real)) {
    met.add(real);
    return false;
  }
  const name = file === '-' ? 'standard input' : visible(file);
  if (!flags.quiet) await output.talk(`note: ${name} is named more than once, it was read once\n`);
  return true;
}

function limitsOf({ maxProblems = 20, ignore = [] }: ValidateFlags): ReportLimits {
  const most = maxProblems === 0 ? Number.POSITIVE_INFINITY : maxProblems;
  return { ignored: new Set(ignore), maxProblems: most };
}

async function validateFile(source: string, run: Run): Promise<void> {
  const { flags, environment, format, tally, progress, output } = run;
  const { maxEvent: maxEventBytes = DEFAULT_MAX_EVENT_BYTES } = flags;
  const report = new FileReport(tally, limitsOf(flags), flags.now ?? environment.now());
  const sayAll = async (problems: readonly LocatedProblem[]): Promise<void> => {
    if (problems.length === 0 || output.isClosed) return;
    const texts: string[] = [];
    for (const located of problems) texts.push(await format.problem(source, located));
    await output.report(texts.join(''));
  };
  const end = (fault?: string): Promise<void> => {
    const facts = { source, leftOut: report.leftOut, ...(fault !== undefined && { fault }) };
    return output.report(format.fileEnd?.(facts) ?? '');
  };
  let beginning = '';
  const onBeginning = (text: string): void => {
    beginning = text;
  };
  const { stdin, signal } = environment;
  const stopReading = { sources: 'all', whenQuiet: undefined, atOnce: signal, onLeft: () => {} } as const;
  const input = { stdin, maxEventBytes, stopReading, onBeginning };
  try {
    for await (const records of readCaptureBatches(source, input)) {
      if (signal.aborted) break;
      for (const record of records) {
        const located = report.add(record);
        if (located.length > 0) await sayAll(located);
      }
      if (isDecided(run)) return;
      await progress.add(records.length);
    }
    if (environment.signal.aborted) return await end('interrupted before its end');
    await sayAll(report.end(beginning));
  } catch (error) {
    await end(error instanceof CallbellStatusError ? error.message : 'it could not be checked');
    throw error;
  }
  await end();
}
