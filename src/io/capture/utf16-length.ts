import { isAscii, isUtf8 } from 'node:buffer';

/** Counts the UTF-16 units of bytes as their decoder does: it replaces each part that is not UTF-8 by one. */
export function utf16Length(bytes: Buffer, from: number, to: number): number {
  const part = bytes.subarray(from, to);
  if (isAscii(part)) return part.length;
  if (!isUtf8(part)) return part.toString('utf8').length;
  let length = 0;
  // One a character, two for those of four bytes.
  for (const byte of part) if ((byte & 0xc0) !== 0x80) length += byte >= 0xf0 ? 2 : 1;
  return length;
}
