import type { Socket } from 'node:net';

/** A longer interim answer is left to the parser, which refuses it: what is held back is bounded. */
const LONGEST_INTERIM = 16 * 1024;

/** The beginning of an interim answer as it most often is; one that is cut short is completed with it. */
const TYPICAL = 'HTTP/1.1 100 ';
/** 101 is no interim answer: another protocol follows it. */
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r\n]/;

/**
 * Drops the interim answers (1xx) on a connection, which a server may send before any answer (RFC 9110, 15.2).
 * Undici closes a connection on `100 Continue` and never gives the answer behind it. It reads by `read()` and,
 * without pipelining, writes no request before the last answer has ended: so what comes after a write begins an
 * answer, and nothing else is looked at.
 */
export function dropInterimAnswers(socket: Socket): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  const write = socket.write.bind(socket) as (...values: unknown[]) => boolean;
  let isAtStart = true;
  let held: Buffer = Buffer.alloc(0);
  socket.write = (...values: unknown[]): boolean => {
    isAtStart = true;
    return write(...values);
  };
  socket.read = (size?: number): Buffer | null => {
    let chunk = read(size);
    while (isAtStart && chunk !== null) {
      const rest = withoutInterim(held.length === 0 ? chunk : Buffer.concat([held, chunk]));
      if (rest.isFinal) {
        isAtStart = false;
        held = Buffer.alloc(0);
        return rest.bytes;
      }
      held = rest.bytes;
      chunk = read(size);
    }
    return chunk;
  };
}

/** What is left behind interim answers: the final one, or what may still become an interim one. */
function withoutInterim(bytes: Buffer): { readonly bytes: Buffer; readonly isFinal: boolean } {
  let rest = bytes;
  while (rest.length > 0) {
    const beginning = rest.toString('latin1', 0, TYPICAL.length);
    if (!INTERIM.test(beginning + TYPICAL.slice(beginning.length))) return { bytes: rest, isFinal: true };
    const end = endOfHead(rest);
    if (end === undefined) return { bytes: rest, isFinal: rest.length > LONGEST_INTERIM };
    rest = rest.subarray(end);
  }
  return { bytes: rest, isFinal: false };
}

/** Where the empty line after a head ends; a line may end without its carriage return. */
function endOfHead(bytes: Buffer): number | undefined {
  const ends = ['\n\r\n', '\n\n'].flatMap((empty) => {
    const at = bytes.indexOf(empty);
    return at === -1 ? [] : [at + empty.length];
  });
  return ends.length === 0 ? undefined : Math.min(...ends);
}
