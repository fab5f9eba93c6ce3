import type { Readable } from 'node:stream';
import { CallbellStatusError } from '../../errors.ts';
import type { CaptureRecord } from './capture-record.ts';
import { decodeCapture } from './decode.ts';
import { listSources } from './list-sources.ts';
import { openSource } from './open-source.ts';
import { splitCapture } from './split-capture.ts';
import { TornLines } from './torn-lines.ts';
import { unwrapPiece } from './unwrap.ts';

/** Where captures are read from besides the file system, and how large an event may be. */
export interface CaptureInput {
  /** What `-` stands for. */
  readonly stdin: Readable;
  /** @default DEFAULT_MAX_EVENT_BYTES */
  readonly maxEventBytes?: number;
  /** Ends the reading at once, as if the source ended there. */
  readonly signal?: AbortSignal;
  /** Is told the first characters of each file, for who has to say what is in one without events. */
  onBeginning?(text: string): void;
}

/** Larger events are not read: 10 MiB, far above what any webhook carries. */
export const DEFAULT_MAX_EVENT_BYTES = 10 * 1024 * 1024;

/**
 * Reads the events of a capture as they come in, in memory that does not grow with its length. The lines of a
 * log that hold none are left out.
 *
 * @param source a file, a folder of them, or `-` for standard input
 * @throws {CallbellStatusError} `unreadable-source` when the file cannot be opened or read to its end
 */
export async function* readCapture(source: string, input: CaptureInput): AsyncGenerator<CaptureRecord> {
  for await (const file of listSources([source])) {
    for await (const batch of readCaptureBatches(file, input)) {
      yield* batch.filter(({ faultCode }) => faultCode !== 'log-line');
    }
  }
}

/** The events of one file and the other lines of a log, as many at a time as are there: a wait for each would cost more than the reading. */
export async function* readCaptureBatches(
  source: string,
  { stdin, maxEventBytes = DEFAULT_MAX_EVENT_BYTES, signal, onBeginning }: CaptureInput,
): AsyncGenerator<readonly CaptureRecord[]> {
  let stop: (() => void) | undefined;
  try {
    const stream = await openSource(source, stdin);
    stop = () => stream.destroy();
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    const { chunks, wrapping } = await decodeCapture(stream);
    const torn = new TornLines();
    for await (const pieces of splitCapture(tellBeginning(chunks, onBeginning), maxEventBytes)) {
      yield torn.judge(pieces.flatMap((piece) => unwrapPiece(piece, source, wrapping)));
    }
  } catch (error) {
    if (signal?.aborted) return;
    throw error instanceof CallbellStatusError ? error : unreadable(source, error);
  } finally {
    if (stop !== undefined) signal?.removeEventListener('abort', stop);
    // Whoever reads no further must not be kept alive by a source that goes on.
    stop?.();
  }
}

const BEGINNING_BYTES = 400;

/** Passes chunks on, and tells what the first of them begins with. */
async function* tellBeginning(
  chunks: AsyncIterable<Buffer>,
  tell: CaptureInput['onBeginning'],
): AsyncGenerator<Buffer> {
  let told = false;
  for await (const chunk of chunks) {
    if (!told) tell?.(chunk.toString('utf8', 0, BEGINNING_BYTES).replace(/^\ufeff/, ''));
    told = true;
    yield chunk;
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
  Z_BUF_ERROR: ['its gzip data ends too early', 'copy or download it again'],
  Z_DATA_ERROR: ['its gzip data is damaged', 'copy or download it again'],
};
