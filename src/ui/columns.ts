import stringWidth from 'string-width';

const GRAPHEMES = new Intl.Segmenter();

/** Characters of which each takes one column: by far the most texts have no other, and are measured at once. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Cuts or pads a text, which must be safe to print, to exactly that many columns of a terminal. */
export function toWidth(text: string, width: number): string {
  const columns = widthOf(text);
  if (columns <= width) return text + ' '.repeat(width - columns);
  const [head] = splitAtWidth(text, width - 1);
  return `${head}…${' '.repeat(Math.max(0, width - 1 - widthOf(head)))}`;
}

/** The end of a text, which must be safe to print, in at most that many columns: of a path the file is what counts. */
export function endOfWidth(text: string, width: number): string {
  let left = width - widthOf(text);
  if (left >= 0) return text;
  let start = 0;
  // One column is for the ellipsis.
  for (const { segment, index } of GRAPHEMES.segment(text)) {
    if (left >= 1) break;
    left += widthOf(segment);
    start = index + segment.length;
  }
  return `…${text.slice(start)}`;
}

/** How many columns of a terminal a text takes, which must be safe to print. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

const NO_BREAK = '\u{a0}';

/** Marks a text that {@link wrap} is to keep on one line where it can, such as a figure and what it counts. */
export function together(text: string): string {
  return text.replaceAll(' ', NO_BREAK);
}

/**
 * Breaks a text into lines of at most that many columns: between words, and inside a word only where it is
 * longer than a line. Blanks that must not be broken at are blanks like all others in the end.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > width) {
      const [head, rest] = splitAtWidth(line, width);
      lines.push(head);
      line = rest;
    }
  }
  return [...lines, line].map((each) => each.replaceAll(NO_BREAK, ' '));
}

/** Splits between two characters as a reader sees them; the first part has at least one. */
function splitAtWidth(text: string, width: number): [string, string] {
  let head = '';
  let columns = 0;
  for (const { segment } of GRAPHEMES.segment(text)) {
    columns += widthOf(segment);
    if (columns > width && head !== '') break;
    head += segment;
    if (columns > width) break;
  }
  return [head, text.slice(head.length)];
}
