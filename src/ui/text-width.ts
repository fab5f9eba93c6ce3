import type { Measure } from './code-frame.ts';

/** Characters of which each takes one column; by far the most lines have no other. */
const PLAIN = /^[\x20-\x7e…]*$/;

/**
 * How wide a text is on a terminal. The library that knows about wide and combining characters takes longer
 * to load than a file to check, so that only a text with such characters loads it.
 */
export async function measureFor(...texts: readonly string[]): Promise<Measure> {
  if (texts.every((text) => PLAIN.test(text.replaceAll('\t', ' ')))) return (text) => text.length;
  const { default: stringWidth } = await import('string-width');
  return (text) => (PLAIN.test(text) ? text.length : stringWidth(text));
}
