import { type Progress, startProgress } from '../../ui/progress.ts';
import { type Environment, isInteractive } from '../environment.ts';

const QUIET_MS = 1000;
const BETWEEN_UPDATES_MS = 200;

/** Says on a terminal how far a check is, once it takes longer than a second. */
export class ValidationProgress {
  #events = 0;
  #lastUpdate: number;
  #progress: Progress | undefined;
  readonly #began = performance.now();
  readonly #environment: Environment;
  readonly #wanted: boolean;

  constructor(environment: Environment, quiet: boolean) {
    this.#environment = environment;
    this.#wanted = !quiet && isInteractive(environment.stderr, environment.variables);
    this.#lastUpdate = this.#began + QUIET_MS;
  }

  async add(records: number): Promise<void> {
    if (!this.#wanted) return;
    this.#events += records;
    const now = performance.now();
    if (now - this.#lastUpdate < BETWEEN_UPDATES_MS) return;
    this.#lastUpdate = now;
    const rate = Math.round(this.#events / ((now - this.#began) / 1000));
    const text = `checking: ${this.#events.toLocaleString('en')} events, ${rate.toLocaleString('en')} a second`;
    this.#progress ??= await startProgress(text, this.#environment.stderr, true);
    this.#progress.update(text);
  }

  /** Runs a write to the terminal without the line in its way. */
  around(write: () => Promise<void>): Promise<void> {
    return this.#progress === undefined ? write() : this.#progress.around(write);
  }

  stop(): void {
    this.#progress?.stop();
  }
}
