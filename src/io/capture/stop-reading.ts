import { fstatSync, ReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

/** A source that has given nothing for so long is taken to have nothing more to give now. */
const QUIET_MS = 500;

/** A source that gives without end is read on for so long at most. */
const MOST_MS = 5000;

/** How the reading of a source ends before the source does. */
export interface StopReading {
  /** Which sources: all, or only those that may stay open for ever, such as pipes and terminals. */
  readonly sources: 'all' | 'open-ended';
  /** From then on the source is read only while it gives: until it is quiet for 500 ms, for 5 s at most. */
  readonly whenQuiet: AbortSignal | undefined;
  readonly atOnce: AbortSignal;
  /** Is told that a source was left before its end. */
  onLeft(): void;
}

/** Whether a stream may stay open for ever; a regular file comes to its end. */
export function isOpenEnded(stream: Readable): boolean {
  if (!(stream instanceof ReadStream)) return true;
  const fd: unknown = 'fd' in stream ? stream.fd : undefined;
  return typeof fd === 'number' && !fstatSync(fd).isFile();
}

/** Reads a stream, which ends early, as if it ended there, when that is asked for. */
export async function* readUntilLeft(
  stream: Readable,
  stop: Pick<StopReading, 'whenQuiet' | 'atOnce'>,
  onLeft: () => void,
): AsyncGenerator<Buffer | string> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>;
  const patience = new Patience(stop);
  try {
    for (;;) {
      const next = await patience.wait(chunks.next());
      if (next === undefined) return onLeft();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Whoever reads no further must not be kept alive by a source that goes on.
    stream.destroy();
  }
}

/** Waits for a source as long as it is to be waited for. */
class Patience {
  readonly #stop: Pick<StopReading, 'whenQuiet' | 'atOnce'>;
  #endsAt: number | undefined;

  constructor(stop: Pick<StopReading, 'whenQuiet' | 'atOnce'>) {
    this.#stop = stop;
  }

  /** Gives what a promise gives; undefined where it was not to be waited for any longer. */
  wait<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    const { whenQuiet, atOnce } = this.#stop;
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const leave = (): void => {
        end();
        resolve(undefined);
      };
      const hurry = (): void => {
        timer = setTimeout(leave, this.#leftMs());
      };
      const end = (): void => {
        clearTimeout(timer);
        whenQuiet?.removeEventListener('abort', hurry);
        atOnce.removeEventListener('abort', leave);
      };
      promise.then(resolve, reject).finally(end);
      if (atOnce.aborted) return leave();
      atOnce.addEventListener('abort', leave);
      if (whenQuiet?.aborted) hurry();
      else whenQuiet?.addEventListener('abort', hurry);
    });
  }

  #leftMs(): number {
    const now = performance.now();
    this.#endsAt ??= now + MOST_MS;
    return Math.max(0, Math.min(QUIET_MS, this.#endsAt - now));
  }
}
