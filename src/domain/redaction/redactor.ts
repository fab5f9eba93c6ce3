import { Masks } from './masks.ts';
import { type Headers, redactHeaders, redactPath } from './redact-head.ts';
import { isJson, redactJson } from './redact-json.ts';
import { WITHHELD } from './withheld.ts';

/** The parts of a request that may tell a person. */
export interface RedactableRequest {
  /** ISO 8601 in UTC. */
  readonly receivedAt: string;
  readonly path: string;
  readonly headers: Headers;
  /** The body as text; undefined where its bytes are none. */
  readonly text: string | undefined;
}

/** Those parts masked; the body as it is to be recorded. */
export interface RedactedRequest {
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Options of {@link Redactor}. */
export interface RedactorOptions {
  /** The same key gives the same masks; whoever has it can try out which number a mask stands for. */
  readonly key: string;
  /** Keep the tags of contacts. */
  readonly keepTags: boolean;
}

/**
 * Masks everything in a request that is not known to say nothing about a person: what stays has a harmless form at a
 * place where that form is expected. docs/redaction.md lists both.
 */
export class Redactor {
  readonly #masks: Masks;
  readonly #keepTags: boolean;

  constructor({ key, keepTags }: RedactorOptions) {
    this.#masks = new Masks(key);
    this.#keepTags = keepTags;
  }

  /** Masks a request. Its bytes and its signature no longer match. */
  redactRequest({ receivedAt, path, headers, text }: RedactableRequest): RedactedRequest {
    return {
      path: redactPath(path, this.#masks),
      headers: redactHeaders(headers, this.#masks),
      body: this.#body(text, Date.parse(receivedAt) / 1000),
    };
  }

  #body(text: string | undefined, latest: number): string {
    if (text === undefined) return WITHHELD;
    if (text.length <= LONGEST_CHECK && HARMLESS_BODIES.has(text.trim().toLowerCase())) return text;
    if (!isJson(text)) return WITHHELD;
    return redactJson(text, { masks: this.#masks, keepTags: this.#keepTags, latest });
  }
}

const LONGEST_CHECK = 100;
/** Nothing, or a word that checks of the connection have. */
const HARMLESS_BODIES: ReadonlySet<string> = new Set(['', 'ping', 'pong', 'test', 'ok', 'check']);
