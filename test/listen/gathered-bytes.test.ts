import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatheredBytes } from '../../src/io/output/gathered-bytes.ts';

const TEXT = fc.string({ unit: 'binary' });

describe('GatheredBytes', () => {
  it('escapes a text as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.array(TEXT), (texts) => {
        const gathered = new GatheredBytes();
        for (const text of texts) {
          gathered.add('"');
          gathered.addEscaped(Buffer.from(text));
          gathered.add('"');
        }
        expect(gathered.whole.toString()).toBe(texts.map((text) => JSON.stringify(text)).join(''));
      }),
    );
  });

  it('escapes every character below the space, the quote and the backslash', () => {
    const text = String.fromCharCode(...Array.from({ length: 0x80 }, (_, code) => code));
    const gathered = new GatheredBytes();
    gathered.addEscaped(Buffer.from(text));
    expect(`"${gathered.whole}"`).toBe(JSON.stringify(text));
  });

  it('holds more than it began with room for, in order, and is empty once cleared', () => {
    const gathered = new GatheredBytes();
    const large = 'é\u0001"'.repeat(100_000);
    for (const part of ['a', large, Buffer.from(large)]) gathered.add(part);
    gathered.addEscaped(Buffer.from(large));
    expect(gathered.whole.toString()).toBe(`a${large}${large}${JSON.stringify(large).slice(1, -1)}`);
    gathered.clear();
    expect(gathered.length).toBe(0);
    gathered.add('b');
    expect(gathered.whole.toString()).toBe('b');
  });
});
