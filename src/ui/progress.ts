import type { Writable } from 'node:stream';

/** A line on stderr that says how far the work is. */
export interface Progress {
  update(text: string): void;
  /** Runs a write to the terminal without the line in its way. */
  around(write: () => Promise<void>): Promise<void>;
  stop(): void;
}

const SILENT: Progress = { update: () => {}, around: (write) => write(), stop: () => {} };

/** Starts a spinner; off a terminal (`interactive` false) there is none, and ora is not loaded. */
export async function startProgress(text: string, stream: Writable, interactive: boolean): Promise<Progress> {
  if (!interactive) return SILENT;
  const { default: ora } = await import('ora');
  const spinner = ora({ text, stream: stream as NodeJS.WritableStream, discardStdin: false }).start();
  return {
    update: (latest) => {
      spinner.text = latest;
    },
    around: async (write) => {
      spinner.clear();
      await write();
      spinner.render();
    },
    stop: () => {
      spinner.stop();
    },
  };
}
