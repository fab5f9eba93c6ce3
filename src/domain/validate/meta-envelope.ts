import { isJsonObject, type JsonObject, jsonType, valueAt } from '../json.ts';
import type { ProviderReading } from '../providers/provider.ts';
import type { ProblemList } from './problem-list.ts';
import { addFieldProblems, type Fields, isBlank } from './provider-fields.ts';
import { PROVIDER_PATH } from './provider-path.ts';

type Path = readonly (string | number)[];

const VALUE: Fields = {
  messaging_product: 'string',
  metadata: 'object',
  contacts: 'array',
  statuses: 'array',
  messages: 'array',
  errors: 'array',
};
const METADATA: Fields = { display_phone_number: 'string', phone_number_id: 'string' };

/** Of receipts: `messages` (documented), `statuses` (seen), `standby` (documented since August 2026, the name assumed). */
const RECEIPT_FIELDS: ReadonlySet<string> = new Set(['messages', 'statuses', 'standby']);

/** Steps from the value of a change to one of its statuses. */
const STEPS_BELOW = 2;

/** Adds what is wrong around the statuses, in the changes of Meta that hold them. */
export function addEnvelopeProblems(
  problems: ProblemList,
  raw: JsonObject,
  readings: readonly ProviderReading[],
): void {
  const [first, second] = readings;
  if (first !== undefined && second === undefined && isUsual(raw.messaging, first.destination)) return;
  const recipients = recipientsOf(readings);
  let before: unknown;
  for (const { path } of readings) {
    const inRaw = path.slice(0, -STEPS_BELOW);
    // A status alone, or taken out of its change on the way here.
    if (inRaw.at(-1) !== 'value') continue;
    const value = valueAt(raw, inRaw);
    if (value === before || !isJsonObject(value)) continue;
    before = value;
    addFieldOfChange(problems, valueAt(raw, inRaw.slice(0, -1)), inRaw.slice(0, -1));
    addValueProblems(problems, value, [...PROVIDER_PATH, ...inRaw], recipients);
  }
}

/** The quick answer for what nearly every change is: fine, with one status in it. */
function isUsual(change: unknown, destination: string | undefined): boolean {
  if (!isJsonObject(change) || change.field !== 'messages' || !isJsonObject(change.value)) return false;
  const { messaging_product: product, metadata, contacts } = change.value;
  for (const key in change.value) if (!Object.hasOwn(VALUE, key)) return false;
  if (product !== 'whatsapp' || !isJsonObject(metadata)) return false;
  for (const key in metadata)
    if (typeof metadata[key] !== 'string' || !Object.hasOwn(METADATA, key)) return false;
  const { display_phone_number: number } = metadata;
  if (typeof number !== 'string' || !/^\d*$/.test(number)) return false;
  return contacts === undefined || isOnly(contacts, destination);
}

function isOnly(contacts: unknown, destination: string | undefined): boolean {
  if (!Array.isArray(contacts) || contacts.length !== 1) return false;
  const [contact] = contacts as readonly unknown[];
  return isJsonObject(contact) && contact.wa_id === destination;
}

/** The numbers of all recipients; undefined where one is withheld or a group, so that there is nothing to compare. */
function recipientsOf(readings: readonly ProviderReading[]): ReadonlySet<string> | undefined {
  const recipients = new Set<string>();
  for (const { destination } of readings) {
    if (destination === undefined || !/^\d+$/.test(destination)) return undefined;
    recipients.add(destination);
  }
  return recipients;
}

function addFieldOfChange(problems: ProblemList, change: unknown, inRaw: Path): void {
  const field = isJsonObject(change) ? change.field : undefined;
  if (typeof field !== 'string' || RECEIPT_FIELDS.has(field)) return;
  problems.add('unusual-envelope', [...PROVIDER_PATH, ...inRaw, 'field'], { kind: 'field', value: field });
}

function addValueProblems(
  problems: ProblemList,
  value: JsonObject,
  path: Path,
  recipients: ReadonlySet<string> | undefined,
): void {
  const { messaging_product: product, metadata, contacts } = value;
  addFieldProblems(problems, value, VALUE, path);
  if (isBlank(product)) {
    problems.add('unusual-envelope', [...path, 'messaging_product'], { kind: 'no-product' });
  } else if (typeof product === 'string' && product !== 'whatsapp') {
    problems.add('unusual-envelope', [...path, 'messaging_product'], { kind: 'product', value: product });
  }
  addMetadataProblems(problems, metadata, [...path, 'metadata']);
  if (Array.isArray(contacts)) addContactsProblems(problems, contacts, [...path, 'contacts'], recipients);
}

function addMetadataProblems(problems: ProblemList, metadata: unknown, path: Path): void {
  if (metadata === undefined || metadata === null) {
    problems.add('unusual-envelope', path, { kind: 'no-metadata' });
  }
  if (!isJsonObject(metadata)) return;
  addFieldProblems(problems, metadata, METADATA, path);
  const { display_phone_number: number } = metadata;
  if (typeof number !== 'string' || /^\d*$/.test(number)) return;
  problems.add('unusual-envelope', [...path, 'display_phone_number'], { kind: 'number', value: number });
}

/** Meta tells of the recipients of the statuses beside them, and of nobody else. */
function addContactsProblems(
  problems: ProblemList,
  contacts: readonly unknown[],
  path: Path,
  recipients: ReadonlySet<string> | undefined,
): void {
  contacts.forEach((contact, index) => {
    if (!isJsonObject(contact)) {
      const details = { expected: 'object', found: jsonType(contact) };
      problems.add('provider-wrong-type', [...path, index], details);
      return;
    }
    const { wa_id: number } = contact;
    if (typeof number !== 'string' || number === '' || (recipients?.has(number) ?? true)) return;
    problems.add('unusual-envelope', [...path, index, 'wa_id'], { kind: 'contact', value: number });
  });
}
