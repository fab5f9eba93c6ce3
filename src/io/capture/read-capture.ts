import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { CallbellStatusError } from '../../errors.ts';
import { type CapturePiece, splitCapture } from './split-capture.ts';

/** One event of a capture: its bytes as they are in the file, and where they stand. */
export interface CaptureRecord extends CapturePiece {
  /** The file as it was named, or `-` for standard input. */
  readonly source: string;
  /** When it was received, in ISO 8601, where the capture recorded that. */
  readonly receivedAt?: string;
}

/** Where captures are read from besides the file system. */
export interface CaptureInput {
  /** What `-` stands for. */
  readonly stdin: Readable;
}

/**
 * Reads the events of one capture as they come in, in memory that does not grow with its length.
 *
 * @param source a file, or `-` for standard input
 * @throws {CallbellStatusError} `unreadable-source` when the file cannot be opened or read to its end
 */
export async function* readCapture(source: string, { stdin }: CaptureInput): AsyncGenerator<CaptureRecord> {
  const stream = source === '-' ? stdin : createReadStream(source);
  try {
    for await (const piece of splitCapture(stream)) yield { source, ...piece };
  } catch (error) {
    throw unreadable(source, error);
  }
}

function unreadable(source: string, cause: unknown): CallbellStatusError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const name = source === '-' ? 'standard input' : source;
  const [why, hint] = REASONS[code] ?? [cause instanceof Error ? cause.message : String(cause), undefined];
  return new CallbellStatusError('unreadable-source', `cannot read ${name}: ${why}`, {
    cause,
    ...(hint !== undefined && { hint }),
  });
}

const REASONS: Readonly<Record<string, readonly [why: string, hint: string | undefined]>> = {
  ENOENT: ['there is no such file', 'check the path; relative paths start at the current folder'],
  EISDIR: ['it is a folder', 'name the files in it'],
  EACCES: ['permission denied', 'check who may read it'],
};
