import { CallbellStatusError } from '../../errors.ts';

/** Makes of an error of the file system one that says why; every other one becomes its cause. */
export function explainWriteFailure(error: unknown, path: string, hint?: string): CallbellStatusError {
  if (error instanceof CallbellStatusError) return error;
  const code = codeOf(error);
  const why = (code && REASONS[code]) ?? (error instanceof Error ? error.message : String(error));
  return new CallbellStatusError('write-failed', `cannot write ${path}: ${why}`, {
    cause: error,
    ...(hint !== undefined && { hint }),
  });
}

/** Whether an error is one of the file system. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  ENAMETOOLONG: 'the name is too long',
  EFBIG: 'the file would be too big for the file system',
  ELOOP: 'its links lead in a circle',
};
