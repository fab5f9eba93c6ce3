import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** A node of the syntax tree of a module, as ESTree describes it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A node and where it stands. */
export interface PlacedNode {
  readonly node: SyntaxNode;
  /** `src/a.ts:3`. */
  readonly place: string;
  readonly code: string;
}

/** Gives every node of every module of the program. */
export function* sourceNodes(): Generator<PlacedNode> {
  for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.ts')) continue;
    const file = join('src', name);
    const text = readFileSync(file, 'utf8');
    for (const node of nodesIn(parseAst(text, { lang: 'ts' }))) {
      const line = text.slice(0, node.start).split('\n').length;
      yield { node, place: `${file}:${line}`, code: text.slice(node.start, node.end) };
    }
  }
}

function* nodesIn(value: unknown): Generator<SyntaxNode> {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) yield value;
  for (const member of Object.values(value)) yield* nodesIn(member);
}

function isNode(value: object): value is SyntaxNode {
  return 'type' in value && typeof value.type === 'string' && 'start' in value;
}
