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

/**
 * Finds everything in which a value is not what a schema says. Recurses as deep as the schema, no deeper.
 *
 * @param report is told each fault; its path is only right during the call
 */
export function findShapeFaults(
  schema: JsonSchema,
  value: unknown,
  report: (fault: ShapeFault) => void,
  path: (string | number)[] = [],
): void {
  const choice = chooseByType(schema, value);
  if (choice === undefined) report({ path, kind: 'type', found: value, expected: expectedTypes(schema) });
  else if (isJsonObject(value)) findMemberFaults(choice, value, report, path);
  else if (Array.isArray(value)) {
    const { items = {} } = choice;
    value.forEach((element, index) => {
      path.push(index);
      findShapeFaults(items, element, report, path);
      path.pop();
    });
  } else if (typeof value === 'string' && !compileText(choice)(value)) {
    report({ path, kind: 'value', found: value, expected: 'string' });
  }
}

function findMemberFaults(
  { properties = {}, required = [] }: JsonSchema,
  value: { readonly [key: string]: unknown },
  report: (fault: ShapeFault) => void,
  path: (string | number)[],
): void {
  for (const [key, member] of Object.entries(properties)) {
    const found = Object.hasOwn(value, key) ? value[key] : undefined;
    path.push(key);
    if (found !== undefined) findShapeFaults(member, found, report, path);
    else if (required.includes(key)) {
      report({ path, kind: 'missing', found, expected: expectedTypes(member) });
    }
    path.pop();
  }
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
