import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ListenerNotice } from '../../domain/arrival/notice.ts';
import { Redactor } from '../../domain/redaction.ts';
import { explainWriteError } from '../capture/append-file.ts';
import { Recorder } from '../capture/recorder.ts';
import type { GatheredBytes } from '../output/gathered-bytes.ts';

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
   * Masks names, numbers, and the numbers inside WhatsApp ids. Bytes and signatures then no longer match.
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
  #notForwarded: Promise<Recorder | undefined> | undefined;

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

  /** Resolves with true when the request is in the file, with false when it could not be written. */
  record(request: RecordedRequest): Promise<boolean> {
    return this.#recorder.append((lines) => this.#addLine(lines, request));
  }

  /** Keeps a request that a target gave no answer to, to be replayed. Resolves as {@link record} does. */
  async recordNotForwarded(request: RecordedRequest): Promise<boolean> {
    this.#notForwarded ??= this.#openNotForwarded();
    const recorder = await this.#notForwarded;
    return recorder?.append((lines) => this.#addLine(lines, request)) ?? false;
  }

  async close(): Promise<void> {
    await this.#recorder.close();
    const other = await this.#notForwarded;
    await other?.close();
  }

  async #openNotForwarded(): Promise<Recorder | undefined> {
    const file = notForwardedFile(this.#options.file);
    try {
      return await openRecorder(file, this.#options, this.#onNotice);
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      this.#onNotice({ code: 'recording-failed', file, reason: explainWriteError(cause) });
      return undefined;
    }
  }

  #addLine(lines: GatheredBytes, request: RecordedRequest): void {
    const { receivedAt, method, path, headers, body, text } = request;
    if (this.#redactor !== undefined) {
      const { 'content-encoding': _encoding, 'content-length': _length, ...others } = headers;
      const redacted = this.#redactor.redact(text ?? '\u{fffd}');
      lines.add(`${JSON.stringify({ receivedAt, method, path, headers: others, body: redacted })}\n`);
      return;
    }
    const head = JSON.stringify({ receivedAt, method, path, headers }).slice(0, -1);
    // What was not packed and is a text is known to be UTF-8; the others are looked at as the bytes they are.
    const isText = (text !== undefined && headers['content-encoding'] === undefined) || isUtf8(body);
    if (isText) {
      lines.add(`${head},"body":"`);
      lines.addEscaped(body);
    } else lines.add(`${head},"bodyBase64":"${body.toString('base64')}`);
    lines.add('"}\n');
  }
}

/** Where what could not be passed on is kept: `capture.ndjson` has `capture.not-forwarded.ndjson` beside it. */
export function notForwardedFile(file: string): string {
  return file.replace(/(\.\w+)?$/, (extension: string) => `.not-forwarded${extension || '.ndjson'}`);
}

function openRecorder(
  file: string,
  { sync = false }: RecordOptions,
  onNotice: (notice: ListenerNotice) => void,
): Promise<Recorder> {
  return Recorder.open({ file, sync, onState: (state) => onNotice({ ...state, file }) });
}
