import { type JsonToken, nextToken } from '../validate/json-tokens.ts';
import type { Span } from '../validate/position.ts';

/** A value in a JSON text. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'word';
  /** Keys and indexes that lead to the value. Reused for the next value: copy it to keep it. */
  readonly path: readonly (string | number)[];
  /** Its key with the quotes; undefined for an element of an array and for the whole text. */
  readonly key: Span | undefined;
  /** The raw token; of an object or array its opening bracket, and the whole of it in {@link JsonVisitor.leave}. */
  readonly span: Span;
}

/** Callbacks of {@link walkJson}. */
export interface JsonVisitor {
  /** Called for each value, in the order of the text; for an object or array before what is in it. */
  enter(node: JsonNode): void;
  /** Called for each object and array after what is in it. */
  leave?(node: JsonNode): void;
}

interface Container {
  readonly kind: 'object' | 'array';
  readonly key: Span | undefined;
  readonly offset: number;
  /** The next string is a key. */
  isBeforeKey: boolean;
}

/**
 * Visits every value of a JSON text with its place in the text, duplicate keys included. Takes time in proportion to
 * the length of the text, and does not recurse: no depth of nesting exhausts the stack.
 *
 * @param text a text that `JSON.parse` accepts; the walk ends where it is not one
 */
export function walkJson(text: string, visitor: JsonVisitor): void {
  const walk = new Walk(text, visitor);
  for (let token = nextToken(text, 0); !isOver(token); token = nextToken(text, token.end)) walk.take(token);
}

function isOver({ kind }: JsonToken): boolean {
  return kind === 'end' || kind === 'fault';
}

class Walk {
  readonly #text: string;
  readonly #visitor: JsonVisitor;
  readonly #open: Container[] = [];
  readonly #path: (string | number)[] = [];
  /** The key of the value that is next. */
  #key: Span | undefined;

  constructor(text: string, visitor: JsonVisitor) {
    this.#text = text;
    this.#visitor = visitor;
  }

  take({ kind, start, end }: JsonToken): void {
    const container = this.#open.at(-1);
    const span = { offset: start, length: end - start };
    if (kind === ',') this.#goOn(container);
    else if (kind === '}' || kind === ']') this.#leave(end);
    else if (container?.isBeforeKey) {
      container.isBeforeKey = false;
      this.#key = span;
      this.#path[this.#path.length - 1] = stringOf(this.#text, span);
    } else if (kind === '{') this.#begin('object', span);
    else if (kind === '[') this.#begin('array', span);
    else if (kind === 'string' || kind === 'number' || kind === 'word') this.#enter(kind, span);
  }

  #goOn(container: Container | undefined): void {
    if (container?.kind === 'array') this.#path.push(Number(this.#path.pop()) + 1);
    else if (container !== undefined) container.isBeforeKey = true;
  }

  #enter(kind: JsonNode['kind'], span: Span): Span | undefined {
    const key = this.#open.at(-1)?.kind === 'object' ? this.#key : undefined;
    this.#visitor.enter({ kind, path: this.#path, key, span });
    return key;
  }

  #begin(kind: Container['kind'], span: Span): void {
    const key = this.#enter(kind, span);
    this.#open.push({ kind, key, offset: span.offset, isBeforeKey: kind === 'object' });
    this.#path.push(kind === 'object' ? '' : 0);
  }

  #leave(end: number): void {
    const container = this.#open.pop();
    this.#path.pop();
    if (container === undefined) return;
    const { kind, key, offset } = container;
    this.#visitor.leave?.({ kind, path: this.#path, key, span: { offset, length: end - offset } });
  }
}

/** Returns the text of a string token, without its quotes and escapes. */
export function stringOf(text: string, { offset, length }: Span): string {
  const token = text.slice(offset, offset + length);
  return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
}
