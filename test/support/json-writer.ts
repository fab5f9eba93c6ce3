/** How a JSON text may be laid out without meaning anything else. */
export interface Layout {
  /** White space between tokens, taken in turn. */
  readonly gaps: readonly string[];
  /** Characters of texts and keys that are written as `\uXXXX`: every nth, none where 0. */
  readonly escapeEvery: number;
  /** Members are written in this order of their hashes, not in their own. */
  readonly salt: number;
}

/** A JSON text, and where each value and key begins in it, by JSON Pointer. */
export interface WrittenJson {
  readonly text: string;
  readonly values: ReadonlyMap<string, number>;
  readonly keys: ReadonlyMap<string, number>;
}

/** Writes a value in a layout, and notes where everything goes while it is written. */
export function writeJson(value: unknown, { gaps, escapeEvery, salt }: Layout): WrittenJson {
  const values = new Map<string, number>();
  const keys = new Map<string, number>();
  let text = '';
  let gap = 0;
  const space = (): void => {
    text += gaps[gap % gaps.length] ?? '';
    gap += 1;
  };
  const literal = (written: string): string => {
    let all = '"';
    [...JSON.stringify(written).slice(1, -1)].forEach((character, index) => {
      const isEscaped = escapeEvery > 0 && index % escapeEvery === 0 && /[a-z]/.test(character);
      all +=
        isEscaped && !all.endsWith('\\')
          ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
          : character;
    });
    return `${all}"`;
  };
  const members = (object: object): [string, unknown][] =>
    Object.entries(object).sort(([a], [b]) => hash(a, salt) - hash(b, salt));
  const write = (each: unknown, pointer: string): void => {
    values.set(pointer, text.length);
    if (typeof each !== 'object' || each === null) {
      text += typeof each === 'string' ? literal(each) : JSON.stringify(each);
      return;
    }
    const isArray = Array.isArray(each);
    text += isArray ? '[' : '{';
    const entries = isArray ? Object.entries(each) : members(each);
    entries.forEach(([key, member], index) => {
      if (index > 0) text += ',';
      space();
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (!isArray) {
        keys.set(at, text.length);
        text += literal(key);
        space();
        text += ':';
        space();
      }
      write(member, at);
      space();
    });
    text += isArray ? ']' : '}';
  };
  space();
  write(value, '');
  space();
  return { text, values, keys };
}

function hash(text: string, salt: number): number {
  let sum = salt;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum;
}
