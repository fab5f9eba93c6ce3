import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type TextEdit } from '../../src/domain/json/edit.ts';
import { type JsonNode, walkJson } from '../../src/domain/json/walk.ts';
import { toPointer } from '../../src/domain/json.ts';
import { writeJson } from '../support/json-writer.ts';

const anyLayout = fc.record({
  gaps: fc.array(fc.constantFrom('', ' ', '\n', '\t', '\r\n  '), { minLength: 1, maxLength: 7 }),
  escapeEvery: fc.nat(4),
  salt: fc.nat(),
});
const written = fc.tuple(fc.jsonValue(), anyLayout).map(([value, layout]) => writeJson(value, layout));

/** All values of a text, in its order: where they begin, and what they are from their opening on. */
function nodesOf(text: string): (Omit<JsonNode, 'path'> & { pointer: string })[] {
  const nodes: (Omit<JsonNode, 'path'> & { pointer: string })[] = [];
  walkJson(text, { enter: ({ path, ...node }) => void nodes.push({ ...node, pointer: toPointer(path) }) });
  return nodes;
}

const sliceOf = (text: string, { offset, length }: { offset: number; length: number }) =>
  text.slice(offset, offset + length);

describe('walkJson', () => {
  it('finds every value and every key where it was written', () => {
    fc.assert(
      fc.property(written, ({ text, values, keys }) => {
        const nodes = nodesOf(text);
        expect(new Map(nodes.map(({ pointer, span }) => [pointer, span.offset]))).toEqual(values);
        const found = nodes.flatMap(({ pointer, key }) =>
          key === undefined ? [] : [[pointer, key.offset] as const],
        );
        expect(new Map(found)).toEqual(keys);
      }),
    );
  });

  it('leaves each object and array with the whole of its text', () => {
    fc.assert(
      fc.property(written, ({ text }) => {
        walkJson(text, {
          enter: ({ span, kind }) => {
            if (kind !== 'object' && kind !== 'array')
              expect(() => JSON.parse(sliceOf(text, span))).not.toThrow();
          },
          leave: ({ span, path, kind }) => {
            const value = path.reduce<unknown>(
              (inside, key) => (inside as Record<string, unknown>)[key],
              JSON.parse(text),
            );
            expect(Array.isArray(value)).toBe(kind === 'array');
            expect(JSON.parse(sliceOf(text, span))).toEqual(value);
          },
        });
      }),
    );
  });

  it('reports both of two members with the same key', () => {
    expect(nodesOf('{"a":1,"\\u0061":[2]}').map(({ pointer }) => pointer)).toEqual(['', '/a', '/a', '/a/0']);
  });

  it('goes through 100,000 levels', () => {
    const depth = 100_000;
    let deepest = 0;
    let left = 0;
    walkJson(`${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`, {
      enter: ({ path }) => {
        deepest = Math.max(deepest, path.length);
      },
      leave: () => {
        left += 1;
      },
    });
    expect([deepest, left]).toEqual([depth, depth]);
  });
});

describe('applyEdits', () => {
  it('changes nothing outside of the edited parts, and exactly the values that were meant', () => {
    fc.assert(
      fc.property(written, fc.infiniteStream(fc.boolean()), ({ text }, choices) => {
        const scalars = nodesOf(text).filter(({ kind }) => kind !== 'object' && kind !== 'array');
        const edits = scalars
          .filter(() => choices.next().value)
          .map(({ span }, index): TextEdit => ({ span, replacement: `"edited ${index}"` }));
        const edited = applyEdits(text, edits);
        const around = (each: string, spans: readonly { offset: number; length: number }[]) => {
          let at = 0;
          const parts = spans.map(({ offset, length }) => {
            const part = each.slice(at, offset);
            at = offset + length;
            return part;
          });
          return [...parts, each.slice(at)];
        };
        const after = nodesOf(edited).filter(({ span }) => sliceOf(edited, span).startsWith('"edited '));
        expect(
          around(
            edited,
            after.map(({ span }) => span),
          ),
        ).toEqual(
          around(
            text,
            edits.map(({ span }) => span),
          ),
        );
        expect(nodesOf(edited).map(({ pointer }) => pointer)).toEqual(
          nodesOf(text).map(({ pointer }) => pointer),
        );
      }),
    );
  });

  it('gives the same text where nothing is edited', () => {
    fc.assert(fc.property(written, ({ text }) => applyEdits(text, []) === text));
  });
});
