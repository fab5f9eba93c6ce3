import { maskedText } from '../domain/delivery/mask.ts';
import { cut, visible } from '../ui/visible.ts';

const LONGEST_SHOWN = 60;

/** An argument as an error repeats it: without secrets, short, and with nothing that a terminal would obey. */
export function shownArgument(text: string): string {
  return cut(visible(maskedText(text)), LONGEST_SHOWN);
}
