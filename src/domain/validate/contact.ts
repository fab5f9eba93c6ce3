import { isJsonObject, type JsonObject } from '../json.ts';
import { addLinkProblems } from './contact-link.ts';
import { addDigitsProblem } from './number.ts';
import type { ProblemList } from './problem-list.ts';
import { addBsuidProblem } from './provider-fields.ts';
import { digitsOfWrittenNumber } from './written-number.ts';

const CONTACT = ['payload', 'contact'] as const;
const TEAM = [...CONTACT, 'team'] as const;
const CHANNEL = [...CONTACT, 'channel'] as const;
const TIMES = ['createdAt', 'closedAt', 'blockedAt'] as const;
const URLS = ['href', 'conversationHref', 'avatarUrl'] as const;
const UUID = /^[0-9a-f]{32}$/;
// A day ends at 24:00 as well as at 00:00 of the next one, and with a leap second at 23:59:60.
const ISO_TIME =
  /^\d{4}-\d\d-\d\d(?:T(?:(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d+)?)?|24:00(?::00(?:[.,]0+)?)?)(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?$/i;
/** Enough to tell an address from a name; only a mail server knows more. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const LONGEST_NOTE = 1000;

/** Adds what is wrong with the contact's texts, of which the schema says only that they are texts. */
export function addContactProblems(problems: ProblemList, contact: JsonObject): void {
  addMalformedUuid(problems, contact, CONTACT);
  for (const key of TIMES) addMalformedTime(problems, contact, key, CONTACT);
  for (const key of URLS) addMalformedUrl(problems, contact, key);
  addLinkProblems(problems, contact);
  addTextProblems(problems, contact);
  const { team, channel } = contact;
  if (isJsonObject(team)) {
    addMalformedUuid(problems, team, TEAM);
    addMalformedTime(problems, team, 'createdAt', TEAM);
  }
  if (isJsonObject(channel)) {
    addMalformedUuid(problems, channel, CHANNEL);
    addMalformedTime(problems, channel, 'discardedAt', CHANNEL);
    const { type } = channel;
    // How Callbell tells the kinds of WhatsApp channels apart is undocumented.
    if (typeof type === 'string' && !/whatsapp/i.test(type)) {
      problems.add('unusual-source', [...CHANNEL, 'type'], { value: type });
    }
  }
}

function addTextProblems(problems: ProblemList, contact: JsonObject): void {
  const { note, phoneNumber, source, assignedUser, bsuid } = contact;
  if (typeof note === 'string' && note.length > LONGEST_NOTE) {
    // Characters as people count them at most: an emoji is not two.
    const size = [...note].length;
    if (size > LONGEST_NOTE) problems.add('note-too-long', [...CONTACT, 'note'], { size });
  }
  if (typeof phoneNumber === 'string') addNumberProblems(problems, phoneNumber);
  if (typeof source === 'string' && source !== 'whatsapp') {
    problems.add('unusual-source', [...CONTACT, 'source'], { value: source });
  }
  if (typeof assignedUser === 'string' && !EMAIL.test(assignedUser)) {
    problems.add('malformed-email', [...CONTACT, 'assignedUser'], { value: assignedUser });
  }
  addBsuidProblem(problems, bsuid, [...CONTACT, 'bsuid']);
}

function addNumberProblems(problems: ProblemList, phoneNumber: string): void {
  const isPlain = /^\d*$/.test(phoneNumber);
  const digits = isPlain ? phoneNumber : digitsOfWrittenNumber(phoneNumber);
  if (!isPlain) {
    const details = { value: phoneNumber, ...(digits && { suggestion: digits }) };
    problems.add('contact-number-format', NUMBER, details);
  }
  if (digits !== undefined) addDigitsProblem(problems, digits, NUMBER);
}

const NUMBER = [...CONTACT, 'phoneNumber'] as const;

function addMalformedUrl(problems: ProblemList, contact: JsonObject, key: string): void {
  const value = contact[key];
  if (typeof value === 'string' && !/^https?:\/\/[^\s/]+/i.test(value)) {
    problems.add('malformed-url', [...CONTACT, key], { value });
  }
}

function addMalformedUuid(problems: ProblemList, value: JsonObject, path: readonly string[]): void {
  const { uuid } = value;
  if (typeof uuid === 'string' && !UUID.test(uuid)) {
    problems.add('malformed-contact-uuid', [...path, 'uuid'], { value: uuid });
  }
}

function addMalformedTime(
  problems: ProblemList,
  value: JsonObject,
  key: string,
  path: readonly string[],
): void {
  const time = value[key];
  if (typeof time === 'string' && !isIsoTime(time)) {
    problems.add('malformed-time', [...path, key], { value: time });
  }
}

/** The number that two characters of a text are in digits. */
export function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - DIGIT_ZERO) * 10 + text.charCodeAt(at + 1) - DIGIT_ZERO;
}

const DIGIT_ZERO = 0x30;

/** Whether a text is a time as ISO 8601 writes it. */
export function isIsoTime(time: string): boolean {
  if (!ISO_TIME.test(time)) return false;
  const month = twoDigits(time, 5);
  const day = twoDigits(time, 8);
  if (month >= 1 && month <= 12 && day >= 1 && day <= 28) return true;
  // A day that the month does not have moves into the next one.
  const date = new Date(Date.UTC(Number(time.slice(0, 4)), month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
