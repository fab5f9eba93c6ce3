import { parentPort, workerData } from 'node:worker_threads';
import { readRange, USUAL_RANGE_BYTES } from '../../io/capture/file-ranges.ts';
import { BatchChecker } from './check-batch.ts';
import type { CheckAnswer, CheckerData, CheckRequest } from './check-messages.ts';

/* A thread that checks ranges of a large file, one after another. */

const { descriptor, source, maxEventBytes, isRecording } = workerData as CheckerData;

const memory = Buffer.allocUnsafe(USUAL_RANGE_BYTES);

async function answer(range: CheckRequest): Promise<CheckAnswer> {
  try {
    const checker = new BatchChecker();
    const batches = readRange(descriptor, range, source, maxEventBytes, isRecording, memory);
    for (;;) {
      const { done, value } = await batches.next();
      if (done) return { batch: checker.result(), lines: value };
      for (const record of value) checker.add(record);
    }
  } catch (error) {
    return { error };
  }
}

let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', (range: CheckRequest) => {
  turn = turn.then(async () => parentPort?.postMessage(await answer(range)));
});
