import { maskedText } from '../domain/delivery/mask.ts';
import type { CallbellStatusError } from '../errors.ts';
import { visible } from '../ui/visible.ts';

/** An expected error in words: what went wrong, and the next step. */
export function explainError({ message, hint }: CallbellStatusError): string {
  const shown = (text: string): string => visible(maskedText(text));
  return `error: ${shown(message)}\n${hint === undefined ? '' : `  ${shown(hint)}\n`}`;
}
