import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CallbellStatusError } from '../../errors.ts';
import { explainWriteError } from '../capture/append-file.ts';

/** A shorter key could be tried out. */
export const SHORTEST_REDACTION_KEY = 16;

/**
 * Reads the key beside a recording, or creates one: the same number then gets the same mask each time the recording is
 * continued. Only the owner can read the file, and its name begins with a dot, so that it is not handed on by chance.
 *
 * @throws {CallbellStatusError} `write-failed` when it cannot be read or created, or holds no key
 */
export function redactionKeyBeside(recording: string): string {
  const file = redactionKeyFile(recording);
  const fresh = randomBytes(32).toString('hex');
  try {
    writeFileSync(file, `${fresh}\n`, { flag: 'wx', mode: 0o600 });
    return fresh;
  } catch (error) {
    if (!isExisting(error)) throw fault(`cannot create ${file}: ${explainWriteError(error)}`, error);
  }
  const key = readKey(file);
  if (/^[\da-f]{64}$/.test(key)) return key;
  throw fault(`${file} holds no key`, undefined);
}

/** The file that holds the key of a recording: `capture.ndjson` has `.capture.ndjson.redaction-key`. */
function redactionKeyFile(recording: string): string {
  return join(dirname(recording), `.${basename(recording)}.redaction-key`);
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw fault(`cannot read ${file}: ${explainWriteError(error)}`, error);
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function fault(message: string, cause: unknown): CallbellStatusError {
  return new CallbellStatusError('write-failed', message, {
    hint: 'delete it to begin with new masks, or set CALLBELL_STATUS_REDACTION_KEY',
    cause,
  });
}
