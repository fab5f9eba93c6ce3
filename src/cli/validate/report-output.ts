import type { Environment } from '../environment.ts';
import { ClosedPipe, write } from '../output.ts';
import type { ValidationProgress } from './validation-progress.ts';

/**
 * Where a validation is written to. A reader may go away before the end (`| head -1`): what is left is not
 * written then, but the run goes on to its exit code, which says what was found and not who read it.
 */
export class ReportOutput {
  #isClosed = false;
  readonly #environment: Environment;
  readonly #progress: ValidationProgress;

  constructor(environment: Environment, progress: ValidationProgress) {
    this.#environment = environment;
    this.#progress = progress;
  }

  /** Nobody reads the report any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Writes a part of the report. */
  async report(text: string): Promise<void> {
    if (text === '' || this.#isClosed) return;
    const isRead = await this.#write('stdout', text);
    if (!isRead) this.#isClosed = true;
  }

  /** Says something that is no part of the report. */
  async talk(text: string): Promise<void> {
    if (text !== '') await this.#write('stderr', text);
  }

  /** False where nobody reads. */
  async #write(stream: 'stdout' | 'stderr', text: string): Promise<boolean> {
    try {
      await this.#progress.around(() => write(this.#environment[stream], text));
      return true;
    } catch (error) {
      if (error instanceof ClosedPipe) return false;
      throw error;
    }
  }
}
