import { CallbellStatusError } from '../errors.ts';
import type { OutputStream } from './environment.ts';

/** The reader of our output went away (`| head -1`). Not a fault: the run just ends. */
export class ClosedPipe extends Error {
  override readonly name = 'ClosedPipe';
}

/**
 * Writes a text and waits until it is out, so that a slow reader slows us down instead of filling memory.
 *
 * @throws {ClosedPipe} when nobody reads any more
 * @throws {CallbellStatusError} `write-failed` for any other reason, a full disk for example
 */
export function write(stream: OutputStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error) return resolve();
      const code = 'code' in error ? error.code : undefined;
      if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return reject(new ClosedPipe());
      const why = code === 'ENOSPC' ? 'the disk is full' : error.message;
      reject(new CallbellStatusError('write-failed', `cannot write the output: ${why}`, { cause: error }));
    });
  });
}

/**
 * Says something on stderr. Never rejects: what nobody hears, or what a full disk does not take, changes nothing of
 * what was asked for.
 */
export function talk(stderr: OutputStream, text: string): Promise<void> {
  return text === '' ? Promise.resolve() : write(stderr, text).catch(() => {});
}
