import { existsSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { CaptureRecord } from '../../io/capture/capture-record.ts';
import { cutRanges, type FileRange, lookAtNdjson, readRange } from '../../io/capture/file-ranges.ts';
import type { CheckedRecords } from './check-file.ts';
import type { CheckAnswer, CheckerData } from './check-messages.ts';

const LARGE_BYTES = 16 * 1024 * 1024;
const MOST_THREADS = 4;
/** How many ranges are under way for each thread: one to work on, one to begin with at once. */
const AHEAD = 2;

/** Only the built program has it: Node 20 runs no TypeScript in a thread. */
const WORKER = new URL('./validate-worker.js', import.meta.url);

/** A large file of plain lines. */
interface LargeFile {
  readonly file: FileHandle;
  /** It is one of our recorder. */
  readonly isRecording: boolean;
}

/** Opens a file that is worth more than one thread: a large one of plain lines. Undefined for any other. */
export async function openLargeFile(source: string): Promise<LargeFile | undefined> {
  if (source === '-' || availableParallelism() < 2 || !existsSync(WORKER)) return undefined;
  // Judged before it is opened: a pipe that is opened and closed again has lost its writer.
  const stats = await stat(source).catch(() => undefined);
  if (stats?.isFile() !== true || stats.size < LARGE_BYTES) return undefined;
  const file = await open(source).catch(() => undefined);
  if (file === undefined) return undefined;
  const found = await lookAtNdjson(file.fd);
  if (found !== undefined) return { file, ...found };
  await file.close();
  return undefined;
}

interface Pending {
  readonly range: FileRange;
  readonly answer: Promise<CheckAnswer>;
}

/** Checks the records of a large file in several threads; what it gives is in the order of the file. */
export async function* checkLargeFile(
  { file, isRecording }: LargeFile,
  source: string,
  maxEventBytes: number,
): AsyncGenerator<CheckedRecords> {
  const data: CheckerData = { descriptor: file.fd, source, maxEventBytes, isRecording };
  const { Worker } = await import('node:worker_threads');
  const threads = Array.from(
    { length: Math.min(availableParallelism(), MOST_THREADS) },
    () =>
      new CheckingThread(
        new Worker(WORKER, { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: 8 } }),
      ),
  );
  const pending: Pending[] = [];
  let line = 0;
  let next = 0;
  const finish = async ({ range, answer }: Pending): Promise<CheckedRecords> => {
    const result = await answer;
    if ('error' in result) throw result.error;
    const before = line;
    line += result.lines;
    let records: Promise<readonly CaptureRecord[]> | undefined;
    return {
      batch: result.batch,
      linesBefore: before,
      recordAt: async (index) => {
        records ??= collectRange(file.fd, range, source, maxEventBytes, isRecording);
        const record = (await records)[index];
        return record && { ...record, line: record.line + before };
      },
    };
  };
  try {
    for await (const range of cutRanges(file.fd, (await file.stat()).size)) {
      const thread = threads[next % threads.length];
      next += 1;
      if (thread !== undefined) pending.push({ range, answer: thread.check(range) });
      const oldest = pending.length > threads.length * AHEAD ? pending.shift() : undefined;
      if (oldest !== undefined) yield await finish(oldest);
    }
    for (const each of pending) yield await finish(each);
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
    await file.close();
  }
}

/** A thread that answers in the order in which it is asked. */
class CheckingThread {
  readonly #worker: Worker;
  readonly #waiting: ((answer: CheckAnswer) => void)[] = [];

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answer: CheckAnswer) => this.#waiting.shift()?.(answer));
    worker.on('error', (error) => {
      for (const resolve of this.#waiting.splice(0)) resolve({ error });
    });
  }

  check(range: FileRange): Promise<CheckAnswer> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#worker.postMessage(range);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

async function collectRange(...range: Parameters<typeof readRange>): Promise<readonly CaptureRecord[]> {
  const records: CaptureRecord[] = [];
  for await (const batch of readRange(...range)) records.push(...batch);
  return records;
}
