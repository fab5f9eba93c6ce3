import type { Readable } from 'node:stream';
import { CallbellStatusError } from '../../errors.ts';
import type { CaptureRecord } from './capture-record.ts';
import { decodeCapture } from './decode.ts';
import { openSource } from './open-source.ts';
import { splitCapture } from './split-capture.ts';
import { isOpenEnded, readUntilLeft, type StopReading } from './stop-reading.ts';
import { TornLines } from './torn-lines.ts';
import { unwrapPiece } from './unwrap.ts';

/**
 * How captures are read. Each member is named at the call: an object that happens to have a `stdin` and a `signal`
 * must not fit, because a signal that ends a command is not one that ends its reading.
 */
export interface CaptureInput {
  /** What `-` stands for. */
  readonly stdin: Readable;
  readonly maxEventBytes: number;
  /** Undefined where every source is read to its end, whatever happens. */
  readonly stopReading: StopReading | undefined;
  /** Is told the first characters of each file, to say what is in one without events. */
  readonly onBeginning: ((text: string) => void) | undefined;
}

/** Larger events are not read: 10 MiB, far above what any webhook carries. */
export const DEFAULT_MAX_EVENT_BYTES = 10 * 1024 * 1024;

/**
 * Reads the events of a capture as they come in, in memory that does not grow with its length. The lines of a
 * log that hold none are left out.
 *
 * @param source a file, or `-` for standard input
 * @throws {CallbellStatusError} `unreadable-source` when the file cannot be opened or read to its end
 */
export async function* readCapture(source: string, input: CaptureInput): AsyncGenerator<CaptureRecord> {
  for await (const batch of readCaptureBatches(source, input)) {
    yield* batch.filter(({ faultCode }) => faultCode !== 'log-line');
  }
}

/** The events of one file and the other lines of a log, as many at a time as are there: a wait for each would cost more than the reading. */
export async function* readCaptureBatches(
  source: string,
  { stdin, maxEventBytes, stopReading, onBeginning }: CaptureInput,
): AsyncGenerator<readonly CaptureRecord[]> {
  let isLeft = false;
  const onLeft = (): void => {
    isLeft = true;
    stopReading?.onLeft();
  };
  let stream: Readable | undefined;
  try {
    stream = await openSource(source, stdin);
    const isStoppable = stopReading?.sources === 'all' || isOpenEnded(stream);
    const read = stopReading && isStoppable ? readUntilLeft(stream, stopReading, onLeft) : stream;
    const { chunks, wrapping } = await decodeCapture(read);
    const torn = new TornLines();
    for await (const pieces of splitCapture(tellBeginning(chunks, onBeginning), maxEventBytes)) {
      const records = torn.judge(pieces.flatMap((piece) => unwrapPiece(piece, source, wrapping)));
      yield isLeft ? withoutBeginning(records) : records;
    }
  } catch (error) {
    // The source was left: what fails after that is the decoding of its first half.
    if (isLeft) return;
    throw error instanceof CallbellStatusError ? error : unreadable(source, error);
  } finally {
    stream?.destroy();
  }
}

/** The records of a source that was left, without the one of which only the beginning was read. */
function withoutBeginning(records: readonly CaptureRecord[]): readonly CaptureRecord[] {
  const last = records.at(-1);
  return last?.parsed === undefined ? records.slice(0, -1) : records;
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
