import type { Exchange } from './exchange.ts';

/** The body of a request, or why there is none. */
export type BodyResult = Buffer | 'too-large' | 'overloaded' | 'broken-off';

const EMPTY = Buffer.alloc(0);

/** What a chunk costs besides its bytes, roughly: a body may be sent a byte at a time. */
const CHUNK_OVERHEAD = 128;

/**
 * Reads a body up to a limit, and as long as there is room for it. Of one that does not fit, no more is read.
 *
 * @param done called once
 */
export function readBody(exchange: Exchange, maxBytes: number, done: (result: BodyResult) => void): void {
  const { request } = exchange;
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    done('too-large');
    return;
  }
  // Most bodies come in one piece, which is then the body.
  let body: Buffer = EMPTY;
  let others: Buffer[] | undefined;
  let length = 0;
  let isDone = false;
  const finish = (result: BodyResult): void => {
    if (isDone) return;
    isDone = true;
    done(result);
  };
  const stopReading = (reason: 'too-large' | 'overloaded'): void => {
    request.pause();
    body = EMPTY;
    others = undefined;
    finish(reason);
  };
  request.on('data', (chunk: Buffer) => {
    if (isDone) return;
    length += chunk.length;
    if (length > maxBytes) stopReading('too-large');
    else if (!exchange.holdBody(chunk.length + CHUNK_OVERHEAD)) stopReading('overloaded');
    else if (length === chunk.length) body = chunk;
    else {
      others ??= [];
      others.push(chunk);
    }
  });
  request.on('end', () => finish(others === undefined ? body : Buffer.concat([body, ...others], length)));
  const breakOff = (): void => finish('broken-off');
  request.on('error', breakOff);
  request.on('close', breakOff);
}
