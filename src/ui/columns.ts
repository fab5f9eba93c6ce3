import stringWidth from 'string-width';

const GRAPHEMES = new Intl.Segmenter();

/** Cuts or pads a text, which must be safe to print, to exactly that many columns of a terminal. */
export function toWidth(text: string, width: number): string {
  const columns = stringWidth(text);
  if (columns <= width) return text + ' '.repeat(width - columns);
  const [head] = splitAtWidth(text, width - 1);
  return `${head}…${' '.repeat(Math.max(0, width - 1 - stringWidth(head)))}`;
}

/** How many columns of a terminal a text takes, which must be safe to print. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/**
 * Breaks a text into lines of at most that many columns: between words, and inside a word only where it is
 * longer than a line.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (stringWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (stringWidth(line) > width) {
      const [head, rest] = splitAtWidth(line, width);
      lines.push(head);
      line = rest;
    }
  }
  return [...lines, line];
}

/** Splits between two characters as a reader sees them; the first part has at least one. */
function splitAtWidth(text: string, width: number): [string, string] {
  let head = '';
  let columns = 0;
  for (const { segment } of GRAPHEMES.segment(text)) {
    columns += stringWidth(segment);
    if (columns > width && head !== '') break;
    head += segment;
    if (columns > width) break;
  }
  return [head, text.slice(head.length)];
}
