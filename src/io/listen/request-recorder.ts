import { isUtf8 } from 'node:buffer';
import { fdatasync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import type { ForwardResult } from '../../domain/arrival/arrival.ts';
import type { ListenerNotice } from '../../domain/arrival/notice.ts';
import { Redactor } from '../../domain/redaction/redactor.ts';
import { CallbellStatusError } from '../../errors.ts';
import { explainWriteError } from '../capture/append-file.ts';
import { inspectRecording } from '../capture/existing-recording.ts';
import { Recorder } from '../capture/recorder.ts';
import type { GatheredBytes } from '../output/gathered-bytes.ts';
import { redactionKeyBeside } from './redaction-key.ts';

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
   * Masks everything in bodies, paths and headers that is not known to say nothing about a person (docs/redaction.md).
   * Bytes and signatures then no longer match. `keep-tags` keeps the tags of contacts.
   * @default false
   */
  readonly redact?: boolean | 'keep-tags';
  /**
   * The key of the masks, at least 16 characters: the same key gives the same masks, in any file. Whoever has it can
   * try out which number a mask stands for.
   * @default a random one in the file `.<name>.redaction-key` beside the recording, which only its owner can read
   */
  readonly redactionKey?: string;
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
    redactor: Redactor | undefined,
    onNotice: (notice: ListenerNotice) => void,
  ) {
    this.#options = options;
    this.#recorder = recorder;
    this.#redactor = redactor;
    this.#onNotice = onNotice;
  }

  /** @throws {CallbellStatusError} `write-failed` when the file or its key cannot be opened, or another listener has it */
  static async open(
    options: RecordOptions,
    onNotice: (notice: ListenerNotice) => void,
  ): Promise<RequestRecorder> {
    await inspectRecording(options.file);
    const recorder = await openRecorder(options.file, options, onNotice);
    try {
      return new RequestRecorder(options, recorder, redactorFor(options), onNotice);
    } catch (error) {
      await recorder.close();
      throw error;
    }
  }

  /**
   * Resolves with true when all the requests are in the file, with false when they could not be written.
   *
   * @param onFault called for a request that cannot be made a line because of an internal error; it is left out
   */
  async record<Request extends RecordedRequest>(
    requests: readonly Request[],
    onFault: (request: Request, error: unknown) => void,
  ): Promise<boolean> {
    // All of them are in the same batch, so that any of the promises tells for all.
    let written: Promise<boolean> | undefined;
    for (const request of requests) {
      try {
        written = this.#recorder.append((lines) => this.#addLine(lines, request));
      } catch (error) {
        onFault(request, error);
      }
    }
    return (await written) ?? true;
  }

  /**
   * Keeps a request that some targets gave no answer to, to be replayed; its line says which, and why. Resolves
   * as {@link record} does.
   */
  async recordNotForwarded(request: RecordedRequest, results: readonly ForwardResult[]): Promise<boolean> {
    const lost = results.filter(({ outcome }) => outcome === 'unreachable');
    const notForwarded = lost.map(({ url, reason }) => ({
      // The path may tell a person, and is masked elsewhere in the line.
      url: this.#redactor === undefined ? url : new URL(url).origin,
      reason,
    }));
    const recorder = await this.#openNotForwarded();
    return recorder?.append((lines) => this.#addLine(lines, request, { notForwarded })) ?? false;
  }

  /** Opened when it is first needed, and tried again for each request for as long as it cannot be. */
  async #openNotForwarded(): Promise<Recorder | undefined> {
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
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.#recorder.close();
    const other = await this.#notForwarded;
    await other?.close();
  }

  /** @param more what the line says besides the request */
  #addLine(lines: GatheredBytes, request: RecordedRequest, more?: object): void {
    const end = more === undefined ? '}\n' : `,${JSON.stringify(more).slice(1)}\n`;
    const { receivedAt, method, path, headers, body, text } = request;
    if (this.#redactor !== undefined) {
      const { 'content-encoding': _encoding, 'content-length': _length, ...others } = headers;
      const redacted = this.#redactor.redactRequest({ receivedAt, path, headers: others, text });
      lines.add(JSON.stringify({ receivedAt, method, ...redacted }).slice(0, -1) + end);
      return;
    }
    const head = JSON.stringify({ receivedAt, method, path, headers }).slice(0, -1);
    // What was not packed and is a text is known to be UTF-8; the others are looked at as the bytes they are.
    const isText = (text !== undefined && headers['content-encoding'] === undefined) || isUtf8(body);
    if (isText) {
      lines.add(`${head},"body":"`);
      lines.addEscaped(body);
    } else lines.add(`${head},"bodyBase64":"${body.toString('base64')}`);
    lines.add(`"${end}`);
  }
}

/** Where what could not be passed on is kept: `capture.ndjson` has `capture.not-forwarded.ndjson` beside it. */
export function notForwardedFile(file: string): string {
  return file.replace(/(\.\w+)?$/, (extension: string) => `.not-forwarded${extension || '.ndjson'}`);
}

function redactorFor({ file, redact, redactionKey }: RecordOptions): Redactor | undefined {
  if (redact === undefined || redact === false) return undefined;
  return new Redactor({ key: redactionKey ?? redactionKeyBeside(file), keepTags: redact === 'keep-tags' });
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
  return Recorder.open({
    file,
    flush: sync ? fdatasync : undefined,
    onState: (state) => onNotice({ ...state, file }),
  });
}
