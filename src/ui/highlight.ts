import { isJsonObject } from '../domain/json.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

/** What is nested deeper is not shown; no event is, and an attack must not make a screen of brackets. */
const DEEPEST = 24;

/** Members of one object or array that are shown. */
const MOST_MEMBERS = 200;

/** A parsed JSON value over several lines, coloured by type, safe to print. */
export function highlightJson(value: unknown, style: Style, indent = ''): string {
  return `${indent}${show(value, style, indent, 0)}\n`;
}

function show(value: unknown, style: Style, indent: string, depth: number): string {
  if (typeof value === 'string') return style.green(quote(value));
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_MEMBERS).map((item: unknown) => ({ lead: '', item }));
    return showMembers('[', items, value.length, ']', style, indent, depth);
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    const members = entries
      .slice(0, MOST_MEMBERS)
      .map(([key, item]) => ({ lead: `${style.cyan(quote(key))}: `, item }));
    return showMembers('{', members, entries.length, '}', style, indent, depth);
  }
  return style.yellow(String(value));
}

function showMembers(
  open: string,
  members: readonly { readonly lead: string; readonly item: unknown }[],
  total: number,
  close: string,
  style: Style,
  indent: string,
  depth: number,
): string {
  if (members.length === 0) return open + close;
  if (depth >= DEEPEST) return `${open}…${close}`;
  const inner = `${indent}  `;
  const lines = members.map(({ lead, item }) => `${inner}${lead}${show(item, style, inner, depth + 1)}`);
  if (total > members.length) lines.push(`${inner}… ${total - members.length} more`);
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function quote(text: string): string {
  return visible(JSON.stringify(text));
}
