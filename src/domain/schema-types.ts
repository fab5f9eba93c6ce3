import type { JsonSchema } from './json-schema.ts';

/*
 * Writes TypeScript types from schemas. A schema with a title is an interface of that name, wherever it stands.
 */

/** The name of the event's interface, and of that of the provider's object. */
const NAMES: Readonly<Record<string, string>> = { message_status_updated: 'MessageStatusUpdated' };

/**
 * Writes the types of the event and of the objects of the providers, for those who want them without this package.
 *
 * @param event the schema of the event, in which the member `messageStatusPayload` has the title of the union
 * @param payloads the schemas of the objects of the known providers, of which the union is made
 */
export function schemaTypes(event: JsonSchema, payloads: readonly JsonSchema[]): string {
  const interfaces = new Map<string, string>();
  for (const schema of [event, ...payloads]) addInterfaces(interfaces, schema);
  const names = payloads.map(nameOf).join(' | ');
  return `${[...interfaces.values()].join('\n')}
/** The raw object of the WhatsApp provider; nothing promises its shape or presence. */
export type MessageStatusPayload = ${names} | OtherPayload;

/** What another provider put there: an object as a rule. */
export type OtherPayload = { [key: string]: unknown } | unknown[] | string | number | boolean | null;
`;
}

function nameOf({ title = '' }: JsonSchema): string {
  return NAMES[title] ?? title;
}

/** Adds the interface of a titled object, and of those inside of it behind it. */
function addInterfaces(interfaces: Map<string, string>, schema: JsonSchema): void {
  const name = nameOf(schema);
  if (schema.type === 'object' && name !== '' && !interfaces.has(name)) {
    const intro = INTROS[name] ?? (schema.description && `/** ${schema.description} */`);
    interfaces.set(name, `${intro ? `${intro}\n` : ''}export interface ${name} ${objectType(schema, '')}\n`);
  }
  const inner = [...Object.values(schema.properties ?? {}), ...(schema.anyOf ?? []), schema.items ?? {}];
  for (const each of inner) if (Object.keys(each).length > 0) addInterfaces(interfaces, each);
}

const INTROS: Readonly<Record<string, string>> = {
  MessageStatusUpdated:
    '/** A `message_status_updated` event of Callbell. Unknown keys occur: Callbell adds some without notice. */',
};

function objectType({ properties = {}, required = [] }: JsonSchema, indent: string): string {
  const inner = `${indent}  `;
  const members = Object.entries(properties).flatMap(([key, member]) => [
    ...(member.description === undefined ? [] : [`${inner}/** ${member.description} */`]),
    `${inner}${key}${required.includes(key) ? '' : '?'}: ${typeOf(member, inner)};`,
  ]);
  return ['{', ...members, `${inner}[key: string]: unknown;`, `${indent}}`].join('\n');
}

function typeOf(schema: JsonSchema, indent: string): string {
  if (schema.title !== undefined) return nameOf(schema);
  if (schema.const !== undefined) return `'${schema.const}'`;
  if (schema.enum !== undefined) return schema.enum.map((value) => `'${value}'`).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map((each) => typeOf(each, indent)).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  if (schema.type === 'array') return `${typeOf(schema.items ?? {}, indent)}[]`;
  if (schema.type === 'object') return objectType(schema, indent);
  return typeof schema.type === 'string' ? schema.type : 'unknown';
}
