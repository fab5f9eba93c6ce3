import { applyEdits, type TextEdit } from '../json/edit.ts';
import { type JsonNode, stringOf, walkJson } from '../json/walk.ts';
import { isHarmless } from './harmless.ts';
import { maskValue } from './mask-value.ts';
import type { Masks } from './masks.ts';
import { isMisspelt, type Place, placeOf } from './places.ts';

/** How to redact. */
export interface JsonRedaction {
  readonly masks: Masks;
  /** Keep the tags of contacts as they are. */
  readonly keepTags: boolean;
  /** When the text was received, in unix seconds. */
  readonly latest: number;
}

/** Where a value stands: what is expected there, and how its mask is labelled. */
interface Context {
  readonly place: Place;
  /** The key that leads here, where it is a documented one. */
  readonly label: string;
}

const ROOT: Context = { place: 'any', label: 'value' };
/** Each level of JSON in a string doubles the backslashes; nobody wraps an event more often. */
const MOST_LEVELS = 5;
/** Looking for what an unknown key may be misspelt for takes its time. */
const MOST_LOOKED_UP = 50;

/**
 * Masks a JSON text in place: what is not harmless where it stands, and the keys that nobody documents. All other
 * characters stay as they are.
 *
 * @param text valid JSON
 */
export function redactJson(text: string, redaction: JsonRedaction, outside = ROOT, level = 0): string {
  const { masks } = redaction;
  const contexts: Context[] = [];
  const edits: TextEdit[] = [];
  let lookUps = 0;
  const isKept = (key: string): boolean =>
    placeOf(key) !== undefined || (++lookUps <= MOST_LOOKED_UP && isMisspelt(key));
  const contextOf = ({ key: span, path }: JsonNode): Context => {
    const parent = contexts.at(-1) ?? outside;
    if (span === undefined) return parent;
    const key = String(path.at(-1));
    if (parent.place === 'free' || !isKept(key)) {
      edits.push({ span, replacement: JSON.stringify(masks.text(key, 'key')) });
      return parent.place === 'free' ? parent : ROOT;
    }
    const place = placeOf(key) ?? 'any';
    // In the change of Meta that is the number of the business, and its keys are documented.
    const isMetas = place === 'free' && parent.label === 'value' && parent !== ROOT;
    return { place: isMetas ? 'any' : place, label: key };
  };
  walkJson(text, {
    enter: (node) => {
      const context = contextOf(node);
      if (node.kind === 'object' || node.kind === 'array') contexts.push(context);
      else {
        const raw = text.slice(node.span.offset, node.span.offset + node.span.length);
        const replacement = redactScalar(raw, node, context, redaction, level);
        if (replacement !== raw) edits.push({ span: node.span, replacement });
      }
    },
    leave: () => void contexts.pop(),
  });
  return applyEdits(text, edits);
}

/** Returns the token that stands in place of one. */
function redactScalar(
  raw: string,
  { kind }: JsonNode,
  context: Context,
  redaction: JsonRedaction,
  level: number,
): string {
  const { masks, keepTags, latest } = redaction;
  const { place, label } = context;
  if (kind === 'word') return isUnknown(context) && raw === 'false' ? 'true' : raw;
  if (kind === 'number') {
    const value = Number(raw);
    return isHarmless(place, value, latest) ? raw : String(maskValue(masks, place, value, label));
  }
  const value = stringOf(raw, { offset: 0, length: raw.length });
  if (value.trim() === '' || (place === 'tags' && keepTags) || isHarmless(place, value, latest)) return raw;
  const nested = level < MOST_LEVELS ? nestedJson(value) : undefined;
  if (nested !== undefined) {
    const redacted = redactJson(nested.text, redaction, context, level + 1);
    return redacted === nested.text ? raw : JSON.stringify(nested.encode(redacted));
  }
  return JSON.stringify(maskValue(masks, place, value, label));
}

/** Whether no documented key says what a value means. */
function isUnknown(context: Context): boolean {
  return context === ROOT || context.place === 'free';
}

interface NestedJson {
  readonly text: string;
  encode(text: string): string;
}

/** Reads the JSON inside a string, which some senders and tools wrap their events in: as it is or as base64. */
function nestedJson(value: string): NestedJson | undefined {
  if (/^\s*[[{]/.test(value)) return isJson(value) ? { text: value, encode: (text) => text } : undefined;
  if (!BASE64_OF_JSON.test(value)) return undefined;
  const text = Buffer.from(value, 'base64').toString('utf8');
  return isJson(text) ? { text, encode: (changed) => Buffer.from(changed).toString('base64') } : undefined;
}

/** The beginning of `{` and `[` in base64. */
const BASE64_OF_JSON = /^(?:e[wy]|W)[A-Za-z0-9+/\r\n]{6,}={0,2}$/;

/** Whether a text is valid JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
