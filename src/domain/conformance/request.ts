import type { TestRequest } from './case.ts';

/** Makes a request that belongs to no message: a POST of this text, signed. */
export function plainRequest(label: string, body: string | Uint8Array): TestRequest {
  return {
    label,
    message: undefined,
    status: undefined,
    method: 'POST',
    body: typeof body === 'string' ? Buffer.from(body) : body,
    headers: [],
    without: [],
    signature: 'good',
    transport: 'plain',
  };
}
