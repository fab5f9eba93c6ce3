import type { CallbellStatusError } from '../errors.ts';
import { visible } from '../ui/visible.ts';

/** An expected error in words: what went wrong, and the next step. */
export function explainError({ message, hint }: CallbellStatusError): string {
  return `error: ${visible(message)}\n${hint === undefined ? '' : `  ${visible(hint)}\n`}`;
}
