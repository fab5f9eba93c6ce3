/** JSON text that means the same, on one line, with nothing that a terminal would obey or hide. */
export function visibleJson(json: string): string {
  if (isVisibleJson(json)) return json;
  // A line break can only be white space between tokens; of the others each is inside a string.
  return json.replace(/[\r\n]+/g, ' ').replace(OBEYED, escapeOf);
}

/** Whether a text is quickly seen to be on one line and to have nothing that is obeyed, as by far the most are. */
export function isVisibleJson(text: string): boolean {
  return SURELY_VISIBLE.test(text);
}

/**
 * ASCII, most of the living scripts, and emoji by their UTF-16 units. Not complete: what is left out is looked
 * at character by character, which takes four times as long.
 */
const SURELY_VISIBLE =
  /^[\t\x20-\x7e\u00a0-\u00ac\u00ae-\u05ff\u0620-\u06dc\u0900-\u17ff\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\ud83c-\ud83e\udc00-\udfff]*$/;

function escapeOf(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}

/** Control, format (bidi and zero-width among them) and line separators; a tab may stand between tokens. */
const OBEYED = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
