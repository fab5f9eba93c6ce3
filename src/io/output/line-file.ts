import type { CallbellStatusError } from '../../errors.ts';
import { PlacedFile } from './placed-file.ts';
import { explainWriteFailure } from './write-failure.ts';

const LINE_FEED = 0x0a;

/**
 * A file that whole lines are added to, each on its way to the disk when {@link write} resolves. After a write that
 * failed it takes no more, and its last line is whole.
 */
export class LineFile {
  readonly path: string;
  readonly #file: PlacedFile;
  /** How many bytes of whole lines it has. */
  #length = 0;
  #failure: CallbellStatusError | undefined;
  #isLost = false;

  private constructor(path: string, file: PlacedFile) {
    this.path = path;
    this.#file = file;
  }

  /**
   * Opens a file to be written from its beginning. One that exists keeps what it holds until {@link finish}, and a new
   * one does not appear before it, if it is to be written aside.
   *
   * @throws {CallbellStatusError} `write-failed`
   */
  static async open(path: string, isAside: boolean): Promise<LineFile> {
    try {
      return new LineFile(path, await PlacedFile.open(path, isAside));
    } catch (error) {
      throw explainWriteFailure(error, path);
    }
  }

  /** Whether what is written to it can be read again: not a device or a pipe. */
  get isRegular(): boolean {
    return this.#file.isRegular;
  }

  /** Why it takes no more lines; undefined where it does. */
  get failure(): CallbellStatusError | undefined {
    return this.#failure;
  }

  /** Whether it could not be given its name in the end. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /**
   * Adds lines.
   *
   * @param lines whole ones, each with its line feed
   * @returns how many of them are in the file now
   */
  async write(lines: Buffer): Promise<number> {
    if (this.#failure !== undefined) return 0;
    try {
      await this.#file.handle.appendFile(lines);
      this.#length += lines.length;
      return countLines(lines);
    } catch (error) {
      this.#failure = explainWriteFailure(error, this.path);
      return await this.#cutTornLine(lines);
    }
  }

  /** Takes back the half line that a full disk let through. */
  async #cutTornLine(lines: Buffer): Promise<number> {
    const { handle } = this.#file;
    const stats = await handle.stat();
    if (!stats.isFile()) return 0;
    const written = lines.subarray(0, stats.size - this.#length);
    const whole = written.subarray(0, written.lastIndexOf(LINE_FEED) + 1);
    this.#length += whole.length;
    await handle.truncate(this.#length).catch(() => {});
    return countLines(whole);
  }

  /** Closes the file, which then has its name, or, with `keepOld`, leaves that to what had it before. */
  async finish(keepOld = false): Promise<void> {
    try {
      await (keepOld && this.#file.isAside ? this.#file.discard() : this.#file.place(true));
    } catch (error) {
      this.#isLost = true;
      this.#failure ??= explainWriteFailure(error, this.path);
    }
  }
}

function countLines(lines: Buffer): number {
  let count = 0;
  for (let at = lines.indexOf(LINE_FEED); at !== -1; at = lines.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
