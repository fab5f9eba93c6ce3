import type { Excerpt } from '../../domain/validate/excerpt.ts';

/**
 * What an event was wrapped in, from the outside in.
 *
 * - `gzip`, `utf-16`: how the file is encoded
 * - `array`: an element of a JSON array
 * - `documents`: one of several documents, one after another, not a line each
 * - `har`: a request in an HTTP archive
 * - `workflow`: `{headers, params, query, body}`, as workflow tools keep a webhook (n8n)
 * - `log`: in a line of a log, with other text around it
 * - `http`: a captured request with its body as text; our own recordings among them
 * - `webhook-events`: the answer of Callbell's `GET /webhooks/events`
 * - `message-status`: the answer of Callbell's `GET /messages/status/:uuid`
 * - `string`: a JSON text that was written as a text once more
 * - `inside`: found deeper inside a value of which nothing else is known
 * - `payload`: the inner `payload` without the envelope, as Callbell's dashboard shows it
 */
export type Wrapping =
  | 'gzip'
  | 'utf-16'
  | 'array'
  | 'documents'
  | 'har'
  | 'workflow'
  | 'log'
  | 'http'
  | 'webhook-events'
  | 'message-status'
  | 'string'
  | 'inside'
  | 'payload';

/** Where in a capture a wrapped event stands, for one who wants to point at it. */
export interface Origin {
  /** The text of the file from the record's line and column on. */
  readonly text: string;
  /** Where in {@link text} the value begins that {@link path} starts from. */
  readonly offset: number;
  /** The keys from there to the event. */
  readonly path: readonly string[];
  /**
   * How the event is written there: as JSON in place; as the members `event` and `payload` of something
   * larger; as a JSON text in a string; as one in base64.
   */
  readonly encoding: 'json' | 'members' | 'string' | 'base64';
  /** Where the string or the base64 holds more than the event: the whole text in it, and where the event begins. */
  readonly inner?: { readonly text: string; readonly offset: number };
}

/** What is known of the request that carried an event. */
export interface CapturedRequest {
  readonly method?: string;
  /** Path and query, or a whole URL: as the capture has it. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** Why a piece of a capture holds no event. */
export interface CaptureFault {
  /** In plain words. */
  readonly fault: string;
  /**
   * `torn-record`: the last line of a recording, cut off when its recorder was killed. `withheld-body`: a recorder
   * that redacts could not mask the body, and left it out. `log-line`: a line of a log that has nothing to do with
   * Callbell.
   */
  readonly faultCode: 'not-json' | 'too-large' | 'torn-record' | 'withheld-body' | 'log-line';
  /** What is to be seen there. */
  readonly excerpt?: Excerpt;
}

/** One event of a capture: its bytes, and where they stand. */
export interface CaptureRecord {
  readonly fault?: CaptureFault['fault'] | undefined;
  readonly faultCode?: CaptureFault['faultCode'] | undefined;
  readonly excerpt?: Excerpt | undefined;
  /** The file as it was named, or `-` for standard input. */
  readonly source: string;
  /** From 1, in the whole capture: where the event begins, or that which it is wrapped in. */
  readonly line: number;
  /** From 1, in UTF-16 units as editors count. */
  readonly column: number;
  /** What stands before that on its line, where it is at hand. */
  readonly lead?: string | undefined;
  /**
   * The event's bytes: the exact slice of the source, or the exact body of a recorded request. An event of
   * `webhook-events` is put together of its `event` and `payload`, each as it is in the file. Empty where a
   * request had no body.
   */
  readonly bytes: Buffer;
  /** {@link bytes} as text; what is not UTF-8 in them is replaced. */
  readonly text: string;
  /** The parsed bytes; absent where they are not JSON. */
  readonly parsed?: { readonly value: unknown } | undefined;
  readonly wrapping: readonly Wrapping[];
  /** Absent where the record is the event itself. */
  readonly origin?: Origin | undefined;
  /** When it was received, in ISO 8601, where the capture says so. */
  readonly receivedAt?: string | undefined;
  readonly request?: CapturedRequest | undefined;
}
