import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ForwardResult } from '../../domain/arrival/arrival.ts';
import type { ListenerNotice } from '../../domain/arrival/notice.ts';
import { Redactor } from '../../domain/redaction.ts';
import { CallbellStatusError } from '../../errors.ts';
import { explainWriteError } from '../capture/append-file.ts';
import { Recorder } from '../capture/recorder.ts';

/** How to record requests. */
export interface RecordOptions {
  /** Appended to, one request a line. */
  readonly file: string;
  /**
   * Forces each request to the disk before it is answered, so that it outlives a power cut too.
   * @default false
   */
  readonly sync?: boolean;
  /**
   * Masks names, numbers, the numbers inside WhatsApp ids, and passwords, in bodies, paths and headers. Bytes
   * and signatures then no longer match.
   * @default false
   */
  readonly redact?: boolean;
}

/** A request as it is recorded. */
export interface RecordedRequest {
  readonly receivedAt: string;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body as text, unpacked; undefined where it is none. */
  readonly text: string | undefined;
}

/** Records requests, and those that could not be passed on in a second file beside the first. */
export class RequestRecorder {
  readonly #options: RecordOptions;
  readonly #recorder: Recorder;
  readonly #redactor: Redactor | undefined;
  readonly #onNotice: (notice: ListenerNotice) => void;
  #notForwarded: Promise<Recorder> | undefined;
  #isNotForwardedFailing = false;

  private constructor(
    options: RecordOptions,
    recorder: Recorder,
    onNotice: (notice: ListenerNotice) => void,
  ) {
    this.#options = options;
    this.#recorder = recorder;
    this.#redactor = options.redact ? new Redactor(randomBytes(16).toString('hex')) : undefined;
    this.#onNotice = onNotice;
  }

  /** @throws {CallbellStatusError} `write-failed` when the file cannot be opened or another listener has it */
  static async open(
    options: RecordOptions,
    onNotice: (notice: ListenerNotice) => void,
  ): Promise<RequestRecorder> {
    const recorder = await openRecorder(options.file, options, onNotice);
    return new RequestRecorder(options, recorder, onNotice);
  }

  /** Resolves when the request is in the file. */
  record(request: RecordedRequest): Promise<void> {
    return this.#recorder.append(this.#toLine(request));
  }

  /** Keeps a request that some targets gave no answer to, to be replayed; its line says which, and why. */
  async recordNotForwarded(request: RecordedRequest, results: readonly ForwardResult[]): Promise<void> {
    const recorder = await this.#openNotForwarded();
    const lost = results.filter(({ outcome }) => outcome === 'unreachable');
    const notForwarded = lost.map(({ url, reason }) => ({
      // The path may tell a person, and is masked elsewhere in the line.
      url: this.#redactor === undefined ? url : new URL(url).origin,
      reason,
    }));
    await recorder.append(
      `${this.#toLine(request).slice(0, -1)},${JSON.stringify({ notForwarded }).slice(1)}`,
    );
  }

  /** Opened when it is first needed, and tried again for each request for as long as it cannot be. */
  async #openNotForwarded(): Promise<Recorder> {
    const file = notForwardedFile(this.#options.file);
    this.#notForwarded ??= openRecorder(file, this.#options, this.#onNotice);
    const opening = this.#notForwarded;
    try {
      const recorder = await opening;
      if (this.#isNotForwardedFailing) this.#onNotice({ code: 'recording-resumed', file });
      this.#isNotForwardedFailing = false;
      return recorder;
    } catch (error) {
      // Others that waited for the same attempt must not undo the next one.
      if (this.#notForwarded === opening) this.#notForwarded = undefined;
      if (!this.#isNotForwardedFailing) this.#onNotice(cannotOpen(file, error));
      this.#isNotForwardedFailing = true;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#recorder.close();
    const other = await this.#notForwarded?.catch(() => undefined);
    await other?.close();
  }

  #toLine({ receivedAt, method, path, headers, body, text }: RecordedRequest): string {
    if (this.#redactor !== undefined) {
      const { 'content-encoding': _encoding, 'content-length': _length, ...others } = headers;
      const redacted = this.#redactor.redactRequest({ path, headers: others, text });
      return JSON.stringify({ receivedAt, method, ...redacted });
    }
    // What was not packed has its text already; the others are looked at as the bytes they are.
    const raw = headers['content-encoding'] === undefined ? text : undefined;
    if (raw !== undefined) return JSON.stringify({ receivedAt, method, path, headers, body: raw });
    return JSON.stringify({
      receivedAt,
      method,
      path,
      headers,
      ...(isUtf8(body) ? { body: body.toString('utf8') } : { bodyBase64: body.toString('base64') }),
    });
  }
}

/** Where what could not be passed on is kept: `capture.ndjson` has `capture.not-forwarded.ndjson` beside it. */
export function notForwardedFile(file: string): string {
  return file.replace(/(\.\w+)?$/, (extension: string) => `.not-forwarded${extension || '.ndjson'}`);
}

function cannotOpen(file: string, error: unknown): ListenerNotice {
  const cause = error instanceof CallbellStatusError && error.cause !== undefined ? error.cause : error;
  return { code: 'recording-failed', file, reason: explainWriteError(cause) };
}

function openRecorder(
  file: string,
  { sync = false }: RecordOptions,
  onNotice: (notice: ListenerNotice) => void,
): Promise<Recorder> {
  return Recorder.open({ file, sync, onState: (state) => onNotice({ ...state, file }) });
}
