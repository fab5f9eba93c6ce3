import type { ProblemCode } from '../../domain/validate/problem.ts';
import { ValidationTally } from '../../domain/validate/tally.ts';
import type { LocatedProblem } from '../../domain/validate/text.ts';
import { CallbellStatusError } from '../../errors.ts';
import { listSources } from '../../io/capture/list-sources.ts';
import { DEFAULT_MAX_EVENT_BYTES } from '../../io/capture/read-capture.ts';
import type { ValidationFormat } from '../../ui/validation-format.ts';
import type { Environment } from '../environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from '../exit-code.ts';
import { explainError } from '../explain-error.ts';
import { write } from '../output.ts';
import { checkFile } from './check-file.ts';
import { chooseFormat } from './choose-format.ts';
import { FileReport } from './file-report.ts';
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
}

/** Everything that one run over some files shares. */
interface Run {
  readonly flags: ValidateFlags;
  readonly environment: Environment;
  readonly format: ValidationFormat;
  readonly tally: ValidationTally;
  readonly progress: ValidationProgress;
}

/** Checks files and folders and reports every problem, then the figures. What cannot be read does not stop the rest. */
export async function validateFiles(
  paths: readonly string[],
  flags: ValidateFlags,
  environment: Environment,
): Promise<ExitCode> {
  const { stdout, signal } = environment;
  const format = await chooseFormat(flags, environment);
  const tally = new ValidationTally();
  const progress = new ValidationProgress(environment, flags.quiet === true);
  const run: Run = { flags, environment, format, tally, progress };
  let unreadable = false;
  try {
    await write(stdout, format.begin?.() ?? '');
    for (const path of paths) {
      if (!(await validatePath(path, run))) unreadable = true;
    }
  } finally {
    progress.stop();
  }
  const summary = tally.summary(signal.aborted);
  await write(stdout, format.summary(summary));
  if (signal.aborted) return exitCodeOfSignal(signal);
  if (unreadable) return EXIT_CODES.impossible;
  const failed = summary.errors > 0 || (flags.strict === true && summary.warnings > 0);
  return failed ? EXIT_CODES.failed : EXIT_CODES.ok;
}

/** Checks a file, or the files of a folder; false where something could not be read. */
async function validatePath(path: string, run: Run): Promise<boolean> {
  const { signal, stderr, stdout } = run.environment;
  let files = 0;
  let readable = true;
  for await (const file of listSources([path])) {
    if (signal.aborted) return readable;
    files += 1;
    try {
      await validateFile(file, run);
    } catch (error) {
      if (!(error instanceof CallbellStatusError) || error.code !== 'unreadable-source') throw error;
      readable = false;
      run.tally.addUnreadable();
      await run.progress.around(() => write(stderr, explainError(error)));
    }
  }
  if (files > 0) return readable;
  const nothing = new CallbellStatusError('unreadable-source', `there is no capture in ${path}`, {
    hint: 'a capture is a file whose name ends in .json, .ndjson, .jsonl or .har, or that begins like JSON',
  });
  await write(stderr, explainError(nothing));
  await write(stdout, run.format.fileEnd?.({ source: path, leftOut: 0, fault: nothing.message }) ?? '');
  return false;
}

async function validateFile(
  source: string,
  { flags, environment, format, tally, progress }: Run,
): Promise<void> {
  const { maxProblems = 20, ignore = [], maxEvent: maxEventBytes = DEFAULT_MAX_EVENT_BYTES } = flags;
  const report = new FileReport(tally, {
    ignored: new Set(ignore),
    maxProblems: maxProblems === 0 ? Number.POSITIVE_INFINITY : maxProblems,
  });
  const say = async (text: string): Promise<void> => {
    if (text !== '') await progress.around(() => write(environment.stdout, text));
  };
  const sayAll = async (problems: readonly LocatedProblem[]): Promise<void> => {
    for (const located of problems) await say(await format.problem(source, located));
  };
  const end = (fault?: string): Promise<void> => {
    const facts = { source, leftOut: report.leftOut, ...(fault !== undefined && { fault }) };
    return say(format.fileEnd?.(facts) ?? '');
  };
  let beginning = '';
  const onBeginning = (text: string): void => {
    beginning = text;
  };
  try {
    for await (const checked of checkFile(source, { ...environment, maxEventBytes, onBeginning })) {
      if (environment.signal.aborted) break;
      await sayAll(await report.add(checked));
      await progress.add(checked.batch.counts);
    }
    if (environment.signal.aborted) return await end('interrupted before its end');
    await sayAll(report.end(beginning));
  } catch (error) {
    await end(error instanceof CallbellStatusError ? error.message : 'it could not be checked');
    throw error;
  }
  await end();
}
