import type { IncomingMessage } from 'node:http';

/** The body of a request, or why there is none. */
export type BodyResult = Buffer | 'too-large' | 'broken-off';

const EMPTY = Buffer.alloc(0);

/**
 * Reads a body up to a limit. A larger one is not read further, whatever its announced length.
 *
 * @param done called once
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  done: (result: BodyResult) => void,
): void {
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
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) {
      request.pause();
      finish('too-large');
    } else if (length === chunk.length) body = chunk;
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
