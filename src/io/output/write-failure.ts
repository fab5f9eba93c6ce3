import { CallbellStatusError } from '../../errors.ts';

/** An error of the file system as one that says why; every other error is passed on as it is. */
export function explainWriteFailure(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined || error instanceof CallbellStatusError) return error;
  const [why, hint] = REASONS[code] ?? [error instanceof Error ? error.message : code];
  return new CallbellStatusError('write-failed', `cannot write ${path}: ${why}`, {
    cause: error,
    ...(hint !== undefined && { hint }),
  });
}

const REASONS: Readonly<Record<string, readonly [why: string, hint?: string]>> = {
  ENOENT: ['its folder does not exist', 'make the folder first'],
  ENOTDIR: ['a part of its path is a file, not a folder'],
  EISDIR: ['it is a folder', 'a path that ends with / takes one file an event'],
  EACCES: ['permission denied', 'check who may write there'],
  EPERM: ['permission denied', 'check who may write there'],
  EROFS: ['the file system is read-only'],
  ENOSPC: ['the disk is full', 'nothing was left behind under that name'],
  EDQUOT: ['the quota of the disk is used up'],
  ENAMETOOLONG: ['the name is too long'],
  EFBIG: ['the file would be too big for the file system'],
};
