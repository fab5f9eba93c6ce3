import { maskedText } from '../domain/delivery/mask.ts';
import { shellQuote } from './shell-quote.ts';

/** A command to be pasted into a shell; secrets in its arguments are masked, so that they stand in no log. */
export function printedCommand(words: readonly string[]): string {
  return words.map((word) => shellQuote(maskedWord(word))).join(' ');
}

/** The value may stand in one word with its option: `--header=Cookie: a=b`, `-HCookie: a=b`. */
function maskedWord(word: string): string {
  const [option = ''] = /^(?:--[\w-]+=|-[A-Za-z](?=.))/.exec(word) ?? [];
  return option + maskedText(word.slice(option.length));
}
