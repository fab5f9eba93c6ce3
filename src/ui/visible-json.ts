/** JSON text that means the same, on one line, with nothing that a terminal would obey or hide. */
export function visibleJson(json: string): string {
  if (isPlain(json)) return json;
  // A line break can only be white space between tokens; of the others each is inside a string.
  return json.replace(/[\r\n]+/g, ' ').replace(OBEYED, escapeOf);
}

/** Whether a text has nothing but ASCII on one line, as by far the most have. */
function isPlain(text: string): boolean {
  return /^[\t\x20-\x7e]*$/.test(text);
}

function escapeOf(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}

/** Control, format (bidi and zero-width among them) and line separators; a tab may stand between tokens. */
const OBEYED = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
