import type { IncomingMessage } from 'node:http';

/** The body of a request, or why there is none. */
export type BodyResult = { readonly body: Buffer } | { readonly failure: 'too-large' | 'broken-off' };

const EMPTY = Buffer.alloc(0);

/** Reads a body up to a limit. A larger one is not read further, whatever its announced length. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<BodyResult> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    return Promise.resolve({ failure: 'too-large' });
  }
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        request.pause();
        resolve({ failure: 'too-large' });
      } else chunks.push(chunk);
    });
    request.on('end', () => {
      const [only = EMPTY] = chunks;
      resolve({ body: chunks.length > 1 ? Buffer.concat(chunks, length) : only });
    });
    request.on('error', () => resolve({ failure: 'broken-off' }));
    request.on('close', () => resolve({ failure: 'broken-off' }));
  });
}
