import { Writable } from 'node:stream';
import stringWidth from 'string-width';

/** How long a test waits for what is to be seen. */
const PATIENCE_MS = 10_000;

/**
 * A terminal that shows what is written to it: wraps long lines, scrolls, wraps anew when its size changes, and obeys
 * the few sequences that the program uses (cursor up, erase below, colours).
 */
export class Screen extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  /** Lines as they were written, before wrapping; the cursor is at the end of one of them. */
  #lines: string[] = [''];
  #cursor = 0;
  #column = 0;
  readonly #watchers = new Set<() => void>();

  constructor(columns: number, rows: number) {
    super({ decodeStrings: false });
    this.columns = columns;
    this.rows = rows;
  }

  getColorDepth(): number {
    return 4;
  }

  /** Changes the size, as somebody does who drags the corner of the window. */
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }

  /** All that was written and not erased, before wrapping. */
  get written(): string {
    return this.#lines.join('\n');
  }

  /** The rows that are to be seen, from top to bottom, without blanks at their ends. */
  get visible(): string[] {
    return this.#lines
      .flatMap((line) => this.#wrapped(line))
      .slice(-this.rows)
      .map((row) => row.trimEnd());
  }

  /** Resolves when what is to be seen fits, now or later; rejects with what is there. */
  until(fits: (rows: readonly string[]) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(watch);
        reject(new Error(`not to be seen on the screen:\n${this.visible.join('\n')}`));
      }, PATIENCE_MS);
      const watch = (): void => {
        if (!fits(this.visible)) return;
        clearTimeout(timer);
        this.#watchers.delete(watch);
        resolve();
      };
      this.#watchers.add(watch);
      watch();
    });
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    for (const [token, sequence] of chunk.toString().matchAll(TOKENS)) {
      if (token === '\n') this.#feed();
      else if (token === '\r') this.#column = 0;
      else if (sequence?.endsWith('A')) this.#up(Number.parseInt(sequence, 10));
      else if (sequence === 'K' || sequence === '0J') this.#clear(sequence);
      else if (sequence === undefined) this.#put(token);
    }
    for (const watch of [...this.#watchers]) watch();
    done();
  }

  override end(): this {
    return this;
  }

  get #line(): string {
    return this.#lines[this.#cursor] ?? '';
  }

  /** Writes over what is there. */
  #put(text: string): void {
    const line = this.#line;
    this.#lines[this.#cursor] = line.slice(0, this.#column) + text + line.slice(this.#column + text.length);
    this.#column += text.length;
  }

  /** Clears to the end of the row, and with `0J` all rows below. */
  #clear(sequence: string): void {
    this.#lines[this.#cursor] = this.#line.slice(0, this.#column);
    if (sequence === '0J') this.#lines.length = this.#cursor + 1;
  }

  #feed(): void {
    this.#cursor += 1;
    this.#column = 0;
    if (this.#cursor === this.#lines.length) this.#lines.push('');
  }

  /** Moves up by rows, not by lines, and not beyond the top. What it passes is written over row by row. */
  #up(rows: number): void {
    const passed: string[] = [];
    const most = Math.min(rows, this.rows - 1);
    while (passed.length < most && this.#cursor > 0) {
      this.#cursor -= 1;
      passed.unshift(...this.#wrapped(this.#line));
    }
    this.#lines.splice(this.#cursor, this.#lines.length - this.#cursor, ...passed, '');
    this.#cursor += passed.length - Math.min(most, passed.length);
  }

  #wrapped(line: string): string[] {
    const rows = [''];
    for (const character of line) {
      if (stringWidth((rows.at(-1) ?? '') + character) > this.columns) rows.push('');
      rows[rows.length - 1] += character;
    }
    return rows;
  }
}

const ESCAPE = '\u001b';
const TOKENS = new RegExp(`${ESCAPE}\\[([\\d;]*[A-Za-z])|\\n|\\r|[^${ESCAPE}\\n\\r]+`, 'g');
