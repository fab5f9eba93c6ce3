import type { Refusal } from './arrival.ts';

/** How a refusal is answered, and what the answer says. */
export interface RefusalAnswer {
  readonly httpStatus: number;
  readonly message: string;
  /** When to send it again. */
  readonly retryAfterSeconds?: number;
}

/** The answer to each refusal; one without an answer does not compile. */
export const REFUSAL_ANSWERS: Readonly<Record<Refusal, RefusalAnswer>> = {
  'too-large': { httpStatus: 413, message: 'the body is too large' },
  'url-too-long': { httpStatus: 414, message: 'the path is too long' },
  'too-many-headers': { httpStatus: 431, message: 'there are too many headers' },
  'host-not-allowed': { httpStatus: 403, message: 'this Host is not allowed' },
  'cross-origin': { httpStatus: 403, message: 'requests of web pages of other origins are not accepted' },
  'path-not-forwarded': { httpStatus: 400, message: 'a path like this is not passed on' },
  'forward-loop': { httpStatus: 508, message: 'this request came here before: it is passed on in a loop' },
  'unknown-encoding': { httpStatus: 415, message: 'this Content-Encoding is not understood' },
  'broken-encoding': { httpStatus: 400, message: 'the body is not what its Content-Encoding says' },
  'not-verified': { httpStatus: 401, message: 'the signature is not verified' },
  overloaded: {
    httpStatus: 503,
    message: 'too much is under way: send it again later',
    retryAfterSeconds: 1,
  },
  'not-recorded': { httpStatus: 503, message: 'the request could not be recorded' },
};
