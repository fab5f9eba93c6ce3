import type { ProblemCode } from '../../domain/validate/problem.ts';
import { RULES } from '../../domain/validate/rules.ts';
import { splitList, unknownName } from '../flags.ts';

/** How `validate` writes what it finds. */
export const VALIDATION_FORMATS = ['pretty', 'line', 'json', 'github', 'sarif', 'junit'] as const;

/** One of {@link VALIDATION_FORMATS}. */
export type ValidationFormatName = (typeof VALIDATION_FORMATS)[number];

/** One of the formats, or the nearest one as an error. */
export function parseFormat(value: string): ValidationFormatName {
  const format = VALIDATION_FORMATS.find((each) => each === value);
  if (format !== undefined) return format;
  throw unknownName(value, 'format', VALIDATION_FORMATS);
}

/** `unknown-key,unwrapped`; repeated flags add up. */
export function parseCodes(value: string, previous: readonly ProblemCode[] = []): ProblemCode[] {
  const codes = Object.keys(RULES) as ProblemCode[];
  const named = splitList(value).map((name) => {
    const code = codes.find((each) => each === name);
    if (code === undefined) throw unknownName(name, 'problem code', codes);
    return code;
  });
  return [...previous, ...named];
}

/** The largest event that `--max-event` may allow: as much as one text can hold. */
export const LARGEST_EVENT_MIB = 256;
