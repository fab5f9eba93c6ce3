/** Whether a byte is white space to JSON. */
export function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Bytes without what is nothing to JSON around them, as {@link trimRange} says: a view, no copy. */
export function trimBytes(bytes: Buffer): Buffer {
  const { start, end } = trimRange(bytes, 0, bytes.length);
  return bytes.subarray(start, end);
}

/** Whether a byte order mark of UTF-8 stands there. */
export function isByteOrderMark(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}

/**
 * A stretch of bytes without the white space at its ends; where there is nothing else, it is empty. A byte order
 * mark at its beginning is nothing either: files that have one were put together.
 */
export function trimRange(bytes: Buffer, from: number, to: number): { start: number; end: number } {
  let start = from;
  let end = to;
  while (start < end && isWhiteSpace(bytes[start])) start += 1;
  if (start < end && isByteOrderMark(bytes, start)) return trimRange(bytes, start + 3, end);
  while (end > start && isWhiteSpace(bytes[end - 1])) end -= 1;
  return { start, end };
}
