/**
 * The digits of a phone number as people write it, with a plus sign, spaces, brackets, dots and dashes; undefined
 * where the text is none. Callbell's own pages disagree on plus sign and spaces (documented).
 */
export function digitsOfWrittenNumber(text: string): string | undefined {
  return /^[+\d\s().-]+$/.test(text) ? text.replace(/\D/g, '') : undefined;
}
