import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { platform } from 'node:os';
import { dirname } from 'node:path';

const LINE_FEED = 0x0a;

/** Requests hold personal data: only the user may read a file that we create. */
const OWNER_ONLY = 0o600;

/**
 * Opens a file to append to; creates it where there is none.
 *
 * @param sync forces its name to the disk: a file that is in no folder after a power cut is lost with all that
 *   was forced into it
 * @throws where it cannot be opened, or is no regular file
 */
export function openForAppending(file: string, sync = false): number {
  const descriptor = openSync(file, 'a+', OWNER_ONLY);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error('it is not a regular file');
    if (sync) syncFolder(dirname(file));
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function syncFolder(folder: string): void {
  // Windows opens no folders, and forces names to the disk itself.
  if (platform() === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A line that a killed run left unfinished must not swallow the next one. */
export function closeTornLine(descriptor: number): void {
  const { size } = fstatSync(descriptor);
  if (size === 0) return;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  if (last[0] !== LINE_FEED) writeSync(descriptor, '\n');
}

/** Where in a file bytes were appended. */
export interface Appended {
  readonly start: number;
  readonly end: number;
}

/** Writes all or nothing: what a full disk let through of a batch is cut off again. */
export function appendWhole(descriptor: number, bytes: Buffer): Appended {
  const start = fstatSync(descriptor).size;
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    takeBack(descriptor, { start, end: start + written });
    throw error;
  }
  return { start, end: start + bytes.length };
}

/** Cuts off what was appended last. It stays where another program has appended since, or the system refuses. */
export function takeBack(descriptor: number, { start, end }: Appended): void {
  try {
    if (end > start && fstatSync(descriptor).size === end) ftruncateSync(descriptor, start);
  } catch {
    // Nothing else can be done: the error that made it necessary is reported.
  }
}

/** Returns true when an open file is the one that has this name now. */
export function isStillNamed(descriptor: number, file: string): boolean {
  const held = fstatSync(descriptor);
  try {
    const named = statSync(file, { throwIfNoEntry: false });
    return named !== undefined && named.ino === held.ino && named.dev === held.dev;
  } catch {
    return false;
  }
}

/** Why a file could not be opened or written, in plain words. */
export function explainWriteError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WRITE_ERRORS[code] ?? (error instanceof Error ? error.message : String(error));
}

const WRITE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EFBIG: 'it is as large as a file may be',
  EDQUOT: 'the disk quota is used up',
};
