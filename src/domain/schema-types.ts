import type { JsonSchema } from './json-schema.ts';

/** Writes the TypeScript types that a schema describes, for those who want them without this package. */
export function schemaTypes(schema: JsonSchema): string {
  return `/** A \`${schema.title}\` event of Callbell. Unknown keys occur: Callbell adds some without notice. */
export interface MessageStatusUpdated ${objectType(schema, '')}
`;
}

function objectType({ properties = {}, required = [] }: JsonSchema, indent: string): string {
  const inner = `${indent}  `;
  const members = Object.entries(properties).flatMap(([key, member]) => [
    ...(member.description === undefined ? [] : [`${inner}/** ${member.description} */`]),
    `${inner}${key}${required.includes(key) ? '' : '?'}: ${typeOf(member, inner)};`,
  ]);
  return ['{', ...members, `${inner}[key: string]: unknown;`, `${indent}}`].join('\n');
}

function typeOf(schema: JsonSchema, indent: string): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map((each) => typeOf(each, indent)).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  if (schema.type === 'array') return `${typeOf(schema.items ?? {}, indent)}[]`;
  if (schema.type === 'object') return objectType(schema, indent);
  return typeof schema.type === 'string' ? schema.type : 'unknown';
}
