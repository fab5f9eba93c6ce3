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

/** Loads the format that is wanted, and no other. */
export async function chooseFormat(
  { format = 'pretty', json, quiet, color }: FormatFlags,
  { stdout, variables }: Environment,
): Promise<ValidationFormat> {
  const width = stdout.columns ?? WIDTH_OFF_A_TERMINAL;
  const chosen = await load(json ? 'json' : format, width, colorLevel(stdout, variables, color));
  return quiet ? summaryOnly(chosen) : chosen;
}

async function load(
  name: ValidationFormatName,
  width: number,
  level: ReturnType<typeof colorLevel>,
): Promise<ValidationFormat> {
  switch (name) {
    case 'pretty': {
      const { prettyFormat } = await import('../../ui/validation-pretty.ts');
      return prettyFormat(await createStyle(level), width);
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
      return (await import('../../ui/validation-junit.ts')).junitFormat();
    default:
      return name satisfies never;
  }
}
