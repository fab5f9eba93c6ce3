import { isJsonObject } from '../json.ts';
import { readWhatsappId } from '../whatsapp-id.ts';
import { digitsOf, SHORTEST_NUMBER } from './masks.ts';
import { personalField } from './personal-fields.ts';

/** Every number that stands in a field for numbers or in an id, to be found again inside other texts. */
export function collectNumbers(value: unknown, numbers: Set<string>, name = ''): void {
  if (Array.isArray(value)) {
    for (const item of value) collectNumbers(item, numbers, name);
  } else if (isJsonObject(value)) {
    for (const [key, member] of Object.entries(value)) collectNumbers(member, numbers, key);
  } else if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value);
    const id = readWhatsappId(text);
    if (id !== undefined && !id.isBsuid) numbers.add(id.number);
    else if (personalField(name) === 'phone') addNumber(text, numbers);
    collectNumbers(nestedJson(text), numbers);
  }
}

/** What is short may as well be a code or a count where it is met again. */
function addNumber(text: string, numbers: Set<string>): void {
  const digits = digitsOf(text);
  if (digits.length >= SHORTEST_NUMBER) numbers.add(digits);
}

/** The JSON inside a string, which some senders wrap their events in. */
export function nestedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
