import { isJsonObject, type JsonObject } from '../json.ts';
import { type Problem, problem } from './problem.ts';

const CONTACT = ['payload', 'contact'] as const;
const UUID = /^[0-9a-f]{32}$/;
const ISO_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:T(?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?(?:Z|[+-][01]\d(?::?[0-5]\d)?)?)?$/i;
const LONGEST_NOTE = 1000;

/** Checks the contact's texts, of which the schema says only that they are texts. */
export function contactProblems(contact: JsonObject): Problem[] {
  const problems: Problem[] = [];
  addMalformedUuid(problems, contact, CONTACT);
  for (const key of ['createdAt', 'closedAt', 'blockedAt']) addMalformedTime(problems, contact, key, CONTACT);
  for (const key of ['href', 'conversationHref']) addMalformedUrl(problems, contact, key);
  addTextProblems(problems, contact);
  const { team, channel } = contact;
  if (isJsonObject(team)) {
    addMalformedUuid(problems, team, [...CONTACT, 'team']);
    addMalformedTime(problems, team, 'createdAt', [...CONTACT, 'team']);
  }
  if (isJsonObject(channel)) {
    addMalformedUuid(problems, channel, [...CONTACT, 'channel']);
    addMalformedTime(problems, channel, 'discardedAt', [...CONTACT, 'channel']);
  }
  return problems;
}

function addTextProblems(problems: Problem[], { note, phoneNumber, source }: JsonObject): void {
  if (typeof note === 'string' && note.length > LONGEST_NOTE) {
    problems.push(problem('note-too-long', [...CONTACT, 'note'], { size: note.length }));
  }
  if (typeof phoneNumber === 'string' && !/^\d+$/.test(phoneNumber)) {
    const suggestion = /^[+\d\s().-]+$/.test(phoneNumber) ? phoneNumber.replace(/\D/g, '') : undefined;
    const details = { value: phoneNumber, ...(suggestion && { suggestion }) };
    problems.push(problem('contact-number-format', [...CONTACT, 'phoneNumber'], details));
  }
  if (typeof source === 'string' && source !== 'whatsapp') {
    problems.push(problem('unusual-source', [...CONTACT, 'source'], { value: source }));
  }
}

function addMalformedUrl(problems: Problem[], contact: JsonObject, key: string): void {
  const value = contact[key];
  if (typeof value === 'string' && !/^https?:\/\/[^\s/]+/i.test(value)) {
    problems.push(problem('malformed-url', [...CONTACT, key], { value }));
  }
}

function addMalformedUuid(problems: Problem[], value: JsonObject, path: readonly string[]): void {
  const { uuid } = value;
  if (typeof uuid === 'string' && !UUID.test(uuid)) {
    problems.push(problem('malformed-contact-uuid', [...path, 'uuid'], { value: uuid }));
  }
}

function addMalformedTime(
  problems: Problem[],
  value: JsonObject,
  key: string,
  path: readonly string[],
): void {
  const time = value[key];
  if (typeof time === 'string' && !isIsoTime(time)) {
    problems.push(problem('malformed-time', [...path, key], { value: time }));
  }
}

function isIsoTime(time: string): boolean {
  const [, year, month, day] = ISO_TIME.exec(time) ?? [];
  if (year === undefined) return false;
  // A day that the month does not have moves into the next one.
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
