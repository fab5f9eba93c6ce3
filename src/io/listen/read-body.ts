import type { IncomingMessage } from 'node:http';

/** The body of a request, or why there is none. */
export type BodyResult = Buffer | 'too-large' | 'broken-off';

const EMPTY = Buffer.alloc(0);

/** Reads a body up to a limit. A larger one is not read further, whatever its announced length. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<BodyResult> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    // Most bodies come in one piece, which is then the body.
    let body: Buffer = EMPTY;
    let others: Buffer[] | undefined;
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        request.pause();
        resolve('too-large');
      } else if (length === chunk.length) body = chunk;
      else {
        others ??= [];
        others.push(chunk);
      }
    });
    request.on('end', () => resolve(others === undefined ? body : Buffer.concat([body, ...others], length)));
    const breakOff = (): void => resolve('broken-off');
    request.on('error', breakOff);
    request.on('close', breakOff);
  });
}
