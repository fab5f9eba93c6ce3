import { visible } from './visible.ts';

/**
 * Quotes a text as one word of a POSIX shell; plain words stay as they are. What a terminal would obey is made by
 * `printf` when the word is used.
 */
export function shellQuote(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  // A substitution loses the line feeds at its end, so each is quoted as it is.
  return (
    text
      .split(/(\n+)/)
      .filter((part) => part !== '')
      .map((part) => (part.startsWith('\n') || visible(part) === part ? quoted(part) : substituted(part)))
      .join('') || "''"
  );
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function substituted(text: string): string {
  return `"$(printf '${printfFormat(Buffer.from(text))}')"`;
}

/** Bytes as the format of the shell's `printf`, in characters that every terminal shows as they are. */
export function printfFormat(bytes: Uint8Array): string {
  let format = '';
  for (const byte of bytes) {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c;
    if (byte === 0x25) format += '%%';
    else format += isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  }
  // Else it would be an option of `printf`.
  return format.replace(/^-/, '\\055');
}
