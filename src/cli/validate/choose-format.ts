import { CallbellStatusError } from '../../errors.ts';
import { createStyle } from '../../ui/style.ts';
import { summaryOnly, type ValidationFormat } from '../../ui/validation-format.ts';
import { VERSION } from '../../version.ts';
import { colorLevel, type Environment } from '../environment.ts';
import type { ValidationFormatName } from './validate-flags.ts';

const WIDTH_OFF_A_TERMINAL = 120;

/** The flags that say how to write what is found. */
interface FormatFlags {
  readonly format?: ValidationFormatName | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/**
 * Loads the format that is wanted, and no other.
 *
 * @throws {CallbellStatusError} `usage` for flags that contradict each other
 */
export async function chooseFormat(
  { format, json, quiet, color }: FormatFlags,
  environment: Environment,
): Promise<ValidationFormat> {
  if (json && format !== undefined && format !== 'json') {
    throw new CallbellStatusError('usage', `--json and --format ${format} contradict each other`, {
      hint: 'leave out one of them: --json is short for --format json',
    });
  }
  const name = json ? 'json' : (format ?? 'pretty');
  const level = colorLevel(environment.stdout, environment.variables, color);
  if (quiet && (name === 'sarif' || name === 'junit')) {
    throw new CallbellStatusError('usage', `--quiet leaves nothing of a ${name} document`, {
      hint: 'leave out one of them: --quiet shows the summary only, and the document has none',
    });
  }
  const chosen = await load(name, level, environment);
  return quiet ? summaryOnly(chosen) : chosen;
}

async function load(
  name: ValidationFormatName,
  level: ReturnType<typeof colorLevel>,
  { stdout, now }: Environment,
): Promise<ValidationFormat> {
  switch (name) {
    case 'pretty': {
      const { prettyFormat } = await import('../../ui/validation-pretty.ts');
      const { columns } = stdout;
      const style = await createStyle(level);
      return prettyFormat({ style, width: columns ?? WIDTH_OFF_A_TERMINAL, wraps: columns !== undefined });
    }
    case 'line':
      return (await import('../../ui/validation-lines.ts')).lineFormat;
    case 'json':
      return (await import('../../ui/validation-lines.ts')).jsonFormat;
    case 'github':
      return (await import('../../ui/validation-lines.ts')).githubFormat;
    case 'sarif':
      return (await import('../../ui/validation-sarif.ts')).sarifFormat(VERSION);
    case 'junit':
      return (await import('../../ui/validation-junit.ts')).junitFormat({ version: VERSION, now });
    default:
      return name satisfies never;
  }
}
