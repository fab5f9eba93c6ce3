import { InvalidArgumentError } from 'commander';
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

const UNIT_BYTES = { B: 1, KB: 1000, MB: 1000 ** 2, KIB: 1024, MIB: 1024 ** 2 } as const;
const MOST_BYTES = 256 * 1024 ** 2;

/** A size with its unit, `512KiB` or `10MiB`, in bytes; at most what one text can hold. */
export function parseSize(value: string): number {
  const match = /^(\d+)\s*(B|KB|MB|KiB|MiB)$/i.exec(value);
  const unit = match?.[2]?.toUpperCase() as keyof typeof UNIT_BYTES | undefined;
  const bytes = unit === undefined ? 0 : Number(match?.[1]) * UNIT_BYTES[unit];
  if (bytes > 0 && bytes <= MOST_BYTES) return bytes;
  const fix = /^\d+$/.test(value) ? ` Did you mean ${value}MiB?` : '';
  throw new InvalidArgumentError(`It takes a size with its unit up to 256MiB, like 512KiB or 10MiB.${fix}`);
}
