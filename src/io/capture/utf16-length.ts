/** How many UTF-16 units some UTF-8 bytes are: one a character, two for those of four bytes. */
export function utf16Length(bytes: Buffer, from: number, to: number): number {
  let length = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if ((byte & 0xc0) !== 0x80) length += byte >= 0xf0 ? 2 : 1;
  }
  return length;
}
