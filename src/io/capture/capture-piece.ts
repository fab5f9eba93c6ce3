import { type Excerpt, excerptOf } from '../../domain/validate/excerpt.ts';
import type { Position } from '../../domain/validate/position.ts';
import type { ByteInput } from './byte-input.ts';
import type { CaptureFault, Wrapping } from './capture-record.ts';

/** One JSON value of a capture: its exact bytes, without the white space around it, and where it begins. */
export interface CapturePiece extends Partial<CaptureFault> {
  readonly bytes: Buffer;
  /** From 1, in the whole capture. */
  readonly line: number;
  /** From 1, in UTF-16 units as editors count. */
  readonly column: number;
  /** The list of which it is an element. */
  readonly list?: Wrapping;
  /** What stands before it on its line, where that is at hand. */
  readonly lead?: string;
}

/** Pieces are read ahead in batches of at most this many, so that short ones do not add up. */
export const BATCH_PIECES = 256;

/**
 * A place where a capture is not JSON: where the input stands.
 *
 * @param isShown with what is to be seen there; of thousands of faults nobody looks at each
 */
export function notJson(input: ByteInput, fault: string, isShown = true): CapturePiece {
  const { line, column } = input;
  const excerpt = isShown ? excerptHere(input) : undefined;
  return { bytes: NO_BYTES, line, column, fault, faultCode: 'not-json', ...(excerpt && { excerpt }) };
}

const NO_BYTES = Buffer.alloc(0);

/** The same for a byte that was taken before, and what stood between it and here was white space. */
export function notJsonBefore(
  input: ByteInput,
  byte: number,
  { line, column }: Position,
  fault: string,
): CapturePiece {
  const back = input.distanceTo(byte);
  const excerpt = back === undefined ? undefined : excerptHere(input, back, line);
  return { bytes: Buffer.alloc(0), line, column, fault, faultCode: 'not-json', ...(excerpt && { excerpt }) };
}

/** The fault of a value that is over the limit, where the input stands. */
export function tooLarge(input: ByteInput, limit: number): CapturePiece {
  const { line, column } = input;
  const fault = `this is larger than ${sizeOf(limit)}, so it was not read`;
  return { bytes: Buffer.alloc(0), line, column, fault, faultCode: 'too-large', excerpt: excerptHere(input) };
}

/** Whether bytes are one JSON value. */
export function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

/** A limit in words. */
export function sizeOf(bytes: number): string {
  const mebibytes = bytes / 1024 / 1024;
  return Number.isInteger(mebibytes) ? `${mebibytes} MiB` : `${bytes} bytes`;
}

function excerptHere(input: ByteInput, ...place: Parameters<ByteInput['linesAround']>): Excerpt {
  const { text, offset, line, isWhole } = input.linesAround(...place);
  return excerptOf(text, { offset, length: 1 }, { line, column: isWhole ? 1 : 2 });
}
