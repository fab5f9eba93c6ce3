import { isJsonObject, jsonType } from '../json.ts';
import type { JsonSchema } from '../json-schema.ts';

/** A value that is not what a schema says. */
export interface ShapeFault {
  readonly path: readonly (string | number)[];
  /** `missing`: a required key is not there; `type`: another JSON type; `value`: the type, but not the text. */
  readonly kind: 'missing' | 'type' | 'value';
  readonly found: unknown;
  /** The types it may have, `object or null`. */
  readonly expected: string;
}

/** Answers whether a value is what a schema says: compiled once, copies nothing, allocates nothing. */
export type Accepts = (value: unknown) => boolean;

/** Compiles a schema to the quick answer. {@link findShapeFaults} gives the long one. */
export function compileShape(schema: JsonSchema): Accepts {
  if (schema.anyOf !== undefined) {
    const isNullable = schema.anyOf.some(({ type }) => type === 'null');
    const choices = schema.anyOf.filter(({ type }) => type !== 'null').map(compileShape);
    const [only] = choices;
    // What stands in every event: a value or null.
    if (isNullable && only !== undefined && choices.length === 1) {
      return (value) => value === null || only(value);
    }
    return (value) => (isNullable && value === null) || choices.some((accepts) => accepts(value));
  }
  if (Array.isArray(schema.type)) {
    return compileShape({ anyOf: schema.type.map((type: string) => ({ type })) });
  }
  switch (schema.type) {
    case undefined:
      return () => true;
    case 'object':
      return compileObject(schema);
    case 'array': {
      const accepts = compileShape(schema.items ?? {});
      return (value) => Array.isArray(value) && value.every(accepts);
    }
    case 'string':
      return compileText(schema);
    default: {
      const { type } = schema;
      return (value) => jsonType(value) === type;
    }
  }
}

function compileText(schema: JsonSchema): Accepts {
  const pattern = schema.pattern === undefined ? undefined : new RegExp(schema.pattern);
  const values = textsOf(schema);
  if (pattern === undefined && values === undefined) return (value) => typeof value === 'string';
  return (value) =>
    typeof value === 'string' &&
    (pattern === undefined || pattern.test(value)) &&
    (values === undefined || values.includes(value));
}

function compileObject({ properties = {}, required = [] }: JsonSchema): Accepts {
  const members = Object.entries(properties).map(([key, member]) => ({
    key,
    accepts: compileShape(member),
    required: required.includes(key),
  }));
  return (value) => {
    if (!isJsonObject(value)) return false;
    for (const { key, accepts, required: isRequired } of members) {
      const member = value[key];
      if (member === undefined ? isRequired : !accepts(member)) return false;
    }
    return true;
  };
}

/** Finds everything in which a value is not what a schema says. Recurses as deep as the schema, no deeper. */
export function findShapeFaults(
  schema: JsonSchema,
  value: unknown,
  path: ShapeFault['path'] = [],
): ShapeFault[] {
  const choice = chooseByType(schema, value);
  if (choice === undefined) return [{ path, kind: 'type', found: value, expected: expectedTypes(schema) }];
  if (isJsonObject(value)) return findMemberFaults(choice, value, path);
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => findShapeFaults(choice.items ?? {}, element, [...path, index]));
  }
  if (typeof value !== 'string') return [];
  const texts = textsOf(choice);
  const right =
    (choice.pattern === undefined || new RegExp(choice.pattern).test(value)) &&
    (texts === undefined || texts.includes(value));
  return right ? [] : [{ path, kind: 'value', found: value, expected: 'string' }];
}

function findMemberFaults(
  { properties = {}, required = [] }: JsonSchema,
  value: { readonly [key: string]: unknown },
  path: ShapeFault['path'],
): ShapeFault[] {
  return Object.entries(properties).flatMap(([key, member]): ShapeFault[] => {
    const found = Object.hasOwn(value, key) ? value[key] : undefined;
    const at = [...path, key];
    if (found !== undefined) return findShapeFaults(member, found, at);
    if (!required.includes(key)) return [];
    return [{ path: at, kind: 'missing', found, expected: expectedTypes(member) }];
  });
}

/** The alternative of a schema that has the type of a value. */
function chooseByType(schema: JsonSchema, value: unknown): JsonSchema | undefined {
  return (schema.anyOf ?? [schema]).find(
    ({ type }) => type === undefined || [type].flat().includes(jsonType(value)),
  );
}

function expectedTypes(schema: JsonSchema): string {
  return (schema.anyOf ?? [schema]).flatMap(({ type }) => type ?? []).join(' or ');
}

function textsOf(schema: JsonSchema): readonly string[] | undefined {
  return schema.const === undefined ? schema.enum : [schema.const];
}
