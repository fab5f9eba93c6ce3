/** Characters that are invisible, or look like what JSON takes, by their names in Unicode. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00, 'NULL'],
  [0x0b, 'LINE TABULATION'],
  [0x0c, 'FORM FEED'],
  [0x1b, 'ESCAPE'],
  [0x85, 'NEXT LINE'],
  [0xa0, 'NO-BREAK SPACE'],
  [0xab, 'LEFT-POINTING DOUBLE ANGLE QUOTATION MARK'],
  [0xad, 'SOFT HYPHEN'],
  [0xbb, 'RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK'],
  [0x2002, 'EN SPACE'],
  [0x2003, 'EM SPACE'],
  [0x2007, 'FIGURE SPACE'],
  [0x2009, 'THIN SPACE'],
  [0x200a, 'HAIR SPACE'],
  [0x200b, 'ZERO WIDTH SPACE'],
  [0x200c, 'ZERO WIDTH NON-JOINER'],
  [0x200d, 'ZERO WIDTH JOINER'],
  [0x200e, 'LEFT-TO-RIGHT MARK'],
  [0x200f, 'RIGHT-TO-LEFT MARK'],
  [0x2013, 'EN DASH'],
  [0x2014, 'EM DASH'],
  [0x2018, 'LEFT SINGLE QUOTATION MARK'],
  [0x2019, 'RIGHT SINGLE QUOTATION MARK'],
  [0x201a, 'SINGLE LOW-9 QUOTATION MARK'],
  [0x201c, 'LEFT DOUBLE QUOTATION MARK'],
  [0x201d, 'RIGHT DOUBLE QUOTATION MARK'],
  [0x201e, 'DOUBLE LOW-9 QUOTATION MARK'],
  [0x2026, 'HORIZONTAL ELLIPSIS'],
  [0x2028, 'LINE SEPARATOR'],
  [0x2029, 'PARAGRAPH SEPARATOR'],
  [0x202a, 'LEFT-TO-RIGHT EMBEDDING'],
  [0x202c, 'POP DIRECTIONAL FORMATTING'],
  [0x202d, 'LEFT-TO-RIGHT OVERRIDE'],
  [0x202e, 'RIGHT-TO-LEFT OVERRIDE'],
  [0x202f, 'NARROW NO-BREAK SPACE'],
  [0x2060, 'WORD JOINER'],
  [0x2212, 'MINUS SIGN'],
  [0x3000, 'IDEOGRAPHIC SPACE'],
  [0xfeff, 'ZERO WIDTH NO-BREAK SPACE'],
  [0xff02, 'FULLWIDTH QUOTATION MARK'],
  [0xff0c, 'FULLWIDTH COMMA'],
  [0xff1a, 'FULLWIDTH COLON'],
  [0xff3b, 'FULLWIDTH LEFT SQUARE BRACKET'],
  [0xff5b, 'FULLWIDTH LEFT CURLY BRACKET'],
  [0xff5d, 'FULLWIDTH RIGHT CURLY BRACKET'],
]);

const QUOTES = /^[\u00ab\u00bb\u2018-\u201e\uff02]/;

/** Says what is wrong with a character that JSON does not take; one that cannot be seen, or told apart, by its name. */
export function strayCharacterFault(written: string): string {
  const name = characterName(written);
  const quotes = 'JSON takes straight double quotes only';
  if (written === "'" || written === '`') return quotes;
  if (name === undefined) return 'this character has no meaning in JSON';
  return QUOTES.test(written) ? `${quotes}, not ${name}` : `${name} has no meaning in JSON`;
}

/** The number and the name of a character, such as `U+00A0 NO-BREAK SPACE`; undefined for what ASCII shows. */
function characterName(written: string): string | undefined {
  const code = written.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return undefined;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = NAMES.get(code);
  return name === undefined ? number : `${number} ${name}`;
}

/** Finds the name of a character that a sentence of {@link strayCharacterFault} has in it. */
export function characterNameIn(sentence: string): string | undefined {
  return /\bU\+[0-9A-F]{4,6}\b(?: [A-Z0-9-]{2,})*/.exec(sentence)?.[0];
}
