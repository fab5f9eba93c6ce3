/**
 * Makes a text from outside safe to print: control, escape, bidi, zero-width and other invisible characters,
 * line breaks and lone surrogates are shown as escapes, so that a terminal cannot obey them.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Control, format (bidi and zero-width among them), surrogate, line and paragraph separators, and
 * whatever a font may leave out, save the selector that makes a character an emoji, and the joiners that names are
 * written with: between the parts of an emoji (family), and between Arabic letters (Persian). */
const INVISIBLE =
  /(?!\ufe0f|(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})|(?<=\p{Script=Arabic}|\p{M})(?:\u200c|\u200d)(?=\p{Script=Arabic}))[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Cuts a text that is already safe to a number of characters, with an ellipsis where something is lost. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}
