import { isJsonObject } from '../../domain/json.ts';
import { locate } from '../../domain/validate/position.ts';
import type { CaptureRecord, Wrapping } from './capture-record.ts';

/** An event taken out of what it was wrapped in. */
export type Unwrapped = Omit<CaptureRecord, 'source' | 'line' | 'column'>;

/** A value on the way from a piece of a capture to the event in it. */
export interface Layer {
  readonly value: unknown;
  /** The text of the whole piece, and where in it this value stands. */
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  /** The list it is an element of; an element of a known list is read by its place, not by its looks. */
  readonly list?: Wrapping | undefined;
  readonly wrapping: readonly Wrapping[];
  /** What an outer layer said of the request. */
  readonly facts: Pick<CaptureRecord, 'receivedAt' | 'request'>;
}

/** The layer of a member, some keys further in. */
export function memberOf(layer: Layer, keys: readonly string[], wrapping: readonly Wrapping[]): Layer {
  const { value: span } = locate(layer.text, keys, layer.offset);
  let { value } = layer;
  for (const key of keys) value = isJsonObject(value) ? value[key] : undefined;
  return { ...layer, ...span, value, wrapping, list: undefined };
}
