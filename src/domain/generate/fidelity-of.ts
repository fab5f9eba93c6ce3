import { isJsonObject } from '../json.ts';
import { readProviderPayload } from '../providers/providers.ts';
import { FIDELITY, type FidelityFact, type FidelityPart } from './fidelity.ts';

/** A field of an event that is in no row of the fidelity table. */
export interface UnknownField {
  readonly part: FidelityPart;
  readonly field: string;
}

/** The fields of an event, each with its row of the fidelity table, where it has one. */
export function fieldsOf(event: unknown): (FidelityFact | UnknownField)[] {
  const payload = isJsonObject(event) && isJsonObject(event.payload) ? event.payload : {};
  const { contact, messageStatusPayload: raw, ...rest } = payload;
  const provider = readProviderPayload(raw)?.read[0]?.provider;
  const envelope = isJsonObject(event) ? { ...event, payload: rest } : {};
  return [
    ...namesOf(envelope).map((field) => factOf('envelope', field)),
    ...(contact === undefined ? [] : namesOf(contact).map((field) => factOf('contact', field))),
    ...(provider === undefined ? [] : namesOf(raw).map((field) => factOf(provider, field))),
  ];
}

function factOf(part: FidelityPart, field: string): FidelityFact | UnknownField {
  const row = FIDELITY.find(
    (fact) =>
      fact.part === part &&
      (fact.field === field || (fact.field.endsWith('.*') && field.startsWith(fact.field.slice(0, -1)))),
  );
  return row ?? { part, field };
}

/** The names of all leaves of a value; `[]` stands for any index. */
function namesOf(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) {
    const inside = value.flatMap((item: unknown) => namesOf(item, `${prefix}[]`));
    return value.length === 0 ? [`${prefix}[]`] : inside;
  }
  if (!isJsonObject(value)) return [prefix];
  return Object.entries(value).flatMap(([key, member]) =>
    namesOf(member, prefix === '' ? key : `${prefix}.${key}`),
  );
}
