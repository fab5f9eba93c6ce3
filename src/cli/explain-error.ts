import { maskedText } from '../domain/delivery/mask.ts';
import type { CallbellStatusError } from '../errors.ts';
import { visible } from '../ui/visible.ts';
import { VERSION } from '../version.ts';

/** An expected error in words: what went wrong, and the next step. */
export function explainError({ message, hint }: CallbellStatusError): string {
  const shown = (text: string): string => visible(maskedText(text));
  return `error: ${shown(message)}\n${hint === undefined ? '' : `  ${shown(hint)}\n`}`;
}

/** Explains an error that should never happen, and how to report it. */
export function explainInternalError(error: unknown): string {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const shown = details.split('\n').map(visible).join('\n');
  return `error: this is a fault of callbell-status ${VERSION}, not yours\n${shown}\n  please report it with what you ran\n`;
}
