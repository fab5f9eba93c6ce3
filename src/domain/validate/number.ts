import type { ProblemList } from './problem-list.ts';

/** ITU-T E.164: at most 15 digits with the country code; the shortest numbers of the smallest countries have 7. */
const FEWEST_DIGITS = 7;
const MOST_DIGITS = 15;

/**
 * Adds a phone number that has digits only, and that nobody has: dialled as at home or abroad, cut, or two in one.
 * No country code begins with a zero.
 */
export function addDigitsProblem(
  problems: ProblemList,
  digits: string,
  path: readonly (string | number)[],
): void {
  const { length } = digits;
  const isUsual = length >= FEWEST_DIGITS && length <= MOST_DIGITS;
  if (isUsual && digits.charCodeAt(0) !== DIGIT_ZERO) return;
  problems.add('unusual-number', path, { kind: kindOf(digits), value: digits });
}

const DIGIT_ZERO = 0x30;

function kindOf(digits: string): 'empty' | 'international' | 'national' | 'short' | 'long' {
  if (digits === '') return 'empty';
  if (digits.length < FEWEST_DIGITS) return 'short';
  if (digits.length > MOST_DIGITS) return 'long';
  return digits.startsWith('00') ? 'international' : 'national';
}
