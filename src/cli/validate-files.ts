import { problem } from '../domain/validate/problem.ts';
import { ValidationTally } from '../domain/validate/tally.ts';
import { type TextValidation, validateText } from '../domain/validate/text.ts';
import { CallbellStatusError } from '../errors.ts';
import type { CaptureRecord } from '../io/capture/capture-record.ts';
import { readCapture } from '../io/capture/read-capture.ts';
import { createStyle } from '../ui/style.ts';
import { jsonFormat, prettyFormat, summaryOnly, type ValidationFormat } from '../ui/validation-format.ts';
import { colorLevel, type Environment } from './environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from './exit-code.ts';
import { explainError } from './explain-error.ts';
import { write } from './output.ts';

/** The flags of `validate`. */
export interface ValidateFlags {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** Checks files and reports every problem, then the figures. A file that cannot be read does not stop the rest. */
export async function validateFiles(
  files: readonly string[],
  flags: ValidateFlags,
  environment: Environment,
): Promise<ExitCode> {
  const { stdout, stderr, signal } = environment;
  const format = await chooseFormat(flags, environment);
  const tally = new ValidationTally();
  let unreadable = false;
  for (const file of files) {
    tally.addFile();
    try {
      await validateFile(file, format, tally, environment);
    } catch (error) {
      if (!(error instanceof CallbellStatusError) || error.code !== 'unreadable-source') throw error;
      unreadable = true;
      await write(stderr, explainError(error));
    }
    if (signal.aborted) return exitCodeOfSignal(signal);
  }
  const summary = tally.summary();
  await write(stdout, format.summary(summary));
  if (unreadable) return EXIT_CODES.impossible;
  return summary.errors > 0 ? EXIT_CODES.failed : EXIT_CODES.ok;
}

async function chooseFormat(
  { json, quiet, color }: ValidateFlags,
  { stdout, variables }: Environment,
): Promise<ValidationFormat> {
  const format = json ? jsonFormat : prettyFormat(await createStyle(colorLevel(stdout, variables, color)));
  return quiet ? summaryOnly(format) : format;
}

async function validateFile(
  file: string,
  format: ValidationFormat,
  tally: ValidationTally,
  environment: Environment,
): Promise<void> {
  for await (const record of readCapture(file, environment)) {
    if (environment.signal.aborted) return;
    const { kind, problems } = validateRecord(record);
    tally.addEvent(kind);
    for (const located of problems) {
      tally.addProblem(located.problem);
      await write(environment.stdout, format.problem(file, located));
    }
  }
}

/** Checks one record; its positions are those in the file it is part of. */
function validateRecord({ bytes, line, column, fault }: CaptureRecord): TextValidation {
  if (fault !== undefined) {
    const found = problem('not-json', [], { detail: fault });
    return { kind: 'unrecognised', problems: [{ problem: found, line, column, offset: 0, length: 0 }] };
  }
  const { kind, problems } = validateText(bytes.toString('utf8'));
  const inFile = problems.map((each) => ({
    ...each,
    line: line + each.line - 1,
    column: each.line === 1 ? column + each.column - 1 : each.column,
  }));
  return { kind, problems: inFile };
}
