/**
 * What the body of an answer says, in a line: the words of a page in HTML, of all else the first line that is not
 * empty. It is not safe to print yet.
 */
export function excerptOf(body: string): string {
  const text = body.trim();
  if (!/^<(!doctype|html|head|body|h1|pre|\?xml)/i.test(text)) return text.split(/\r?\n/, 1)[0] ?? '';
  // The title last: some frameworks call each of their error pages "Error", and say below what it is.
  const title = /<title[^<>]*>([^<]*)/i.exec(text)?.[1] ?? '';
  return wordsOf(text.replace(/<(style|script|title)[\s\S]*?(<\/\1>|$)/gi, ' ')) || wordsOf(title);
}

function wordsOf(html: string): string {
  return html
    .replace(/<[^>]*>?/g, ' ')
    .replace(/&(#?\w{1,8});/g, (whole, name: string) => characterOf(name.toLowerCase()) ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}

/** What frameworks encode in the texts of their error pages. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
