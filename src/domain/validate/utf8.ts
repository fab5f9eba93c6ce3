/**
 * Where bytes stop being UTF-8: how many UTF-16 units are before it, or undefined where all of them are.
 * Halves the stretch that holds the first fault, so that a native decoder does the reading.
 */
export function findInvalidUtf8(bytes: Uint8Array): number | undefined {
  if (decodes(bytes)) return undefined;
  let right = 0;
  let wrong = bytes.length;
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (decodesSoFar(bytes.subarray(0, middle))) right = middle;
    else wrong = middle;
  }
  // What is right so far may end inside a character that is never completed: decoding leaves that out.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, right), { stream: true })
    .length;
}

function decodes(bytes: Uint8Array): boolean {
  return tryDecode(bytes, false);
}

/** The same, but what may go on need not be complete. */
function decodesSoFar(bytes: Uint8Array): boolean {
  return tryDecode(bytes, true);
}

function tryDecode(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
