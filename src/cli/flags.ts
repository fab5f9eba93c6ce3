import { InvalidArgumentError } from 'commander';
import { nearest } from '../domain/nearest.ts';
import { MESSAGE_STATUSES, type MessageStatus } from '../domain/status.ts';
import { suggestStatus } from '../domain/status-synonyms.ts';
import { shownArgument } from './shown-argument.ts';

/**
 * The parsers of flag values. Each throws commander's InvalidArgumentError, whose message commander prefixes
 * with the flag it belongs to.
 */

/** `sent`, `sent,read`, `all`; repeated flags add up. */
export function parseStatuses(value: string, previous: readonly MessageStatus[] = []): MessageStatus[] {
  const named = parseList(value).flatMap((name) => (name === 'all' ? MESSAGE_STATUSES : [parseStatus(name)]));
  return [...previous, ...named];
}

function parseStatus(name: string): MessageStatus {
  const status = MESSAGE_STATUSES.find((each) => each === name);
  if (status !== undefined) return status;
  throw unknownName(name, 'status', [...MESSAGE_STATUSES, 'all'], suggestStatus(name));
}

/** The error for a name that is not one of those there are: with the nearest one, or all of them. */
export function unknownName(
  name: string,
  noun: string,
  names: readonly string[],
  suggestion: string | undefined = nearest(name, names),
): InvalidArgumentError {
  const hint = suggestion === undefined ? namesThereAre(names) : `Did you mean "${suggestion}"?`;
  return new InvalidArgumentError(`There is no ${noun} "${shownArgument(name)}". ${hint}`);
}

/** More names than these are no answer to a misspelling: `explain` lists them. */
const MOST_NAMES = 20;

function namesThereAre(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return `There are: ${names.join(', ')}.`;
  return `There are ${names.length}: callbell-status explain lists them.`;
}

/** The items of a comma-separated list, without empty ones. */
export function splitList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/**
 * The items of a comma-separated list, of which there must be one.
 *
 * @throws {InvalidArgumentError} where there is none
 */
export function parseList(value: string): string[] {
  const items = splitList(value);
  if (items.length > 0) return items;
  throw new InvalidArgumentError('It takes one name or several, separated by commas.');
}

/** The path of a file or a folder: anything but nothing. */
export function parsePath(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError('It takes a path.');
}

/** A whole number of at least `least`. */
export function parseWholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    const isOpen = most === Number.MAX_SAFE_INTEGER && !(/^\d+$/.test(value) && number > most);
    const range = isOpen ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`It takes a whole number ${range}.`);
  };
}

/** A port; 0 means any free one. */
export const parsePort = parseWholeNumber(0, 65_535);

/** A seed: a whole number of 32 bits. */
export const parseSeed = parseWholeNumber(0, 0xffff_ffff);

const UNIT_MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Nobody waits longer for a test, and a timer cannot wait for more than 24 days. */
const LONGEST_MILLISECONDS = 24 * UNIT_MILLISECONDS.h;

/** A duration with its unit, `500ms`, `2s`, `1.5m` or `6h`, in milliseconds. */
export function parseDuration(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value);
  const unit = match?.[2] as keyof typeof UNIT_MILLISECONDS | undefined;
  const milliseconds = unit === undefined ? undefined : Number(match?.[1]) * UNIT_MILLISECONDS[unit];
  if (milliseconds !== undefined && milliseconds <= LONGEST_MILLISECONDS) return milliseconds;
  if (milliseconds !== undefined) throw new InvalidArgumentError('It takes 24h at most.');
  const fix = /^\d+(\.\d+)?$/.test(value) ? ` Did you mean ${value}s or ${value}ms?` : '';
  throw new InvalidArgumentError(`It takes a duration with its unit, like 500ms, 2s or 5m.${fix}`);
}

/** Times in between can be those of a WhatsApp message: it is of 2009. */
const YEARS = { first: 2010, last: 2099 } as const;

/** A moment in ISO 8601, with its time zone. */
export function parseMoment(value: string): Date {
  const moment = new Date(value);
  const complete = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(value);
  if (complete && !Number.isNaN(moment.getTime()) && isDay(value.slice(0, 10))) {
    const year = moment.getUTCFullYear();
    if (year >= YEARS.first && year <= YEARS.last) return moment;
    throw new InvalidArgumentError(`It takes a moment from ${YEARS.first} to ${YEARS.last}.`);
  }
  throw new InvalidArgumentError('It takes a moment in ISO 8601, for example 2026-01-31T14:03:00Z.');
}

/** Whether there is such a day: Date takes the 30th of February for a day in March. */
function isDay(day: string): boolean {
  return new Date(day).toISOString().startsWith(day);
}

/**
 * Parses a URL to deliver to. A port, or a host without a scheme, is enough: `3000`, `:3000/hook`, `localhost:3000/hook`.
 * A single word is taken for a path or a typing error, unless it has a scheme or a port.
 */
export function parseTarget(value: string): URL {
  const text = value.trim();
  const complete = /^:?\d+(?:[/?#]|$)/.test(text)
    ? `http://localhost:${text.replace(':', '')}`
    : text.includes('://')
      ? text
      : `http://${text}`;
  const url = URL.canParse(complete) ? new URL(complete) : undefined;
  if (url === undefined || url.hostname === '' || (complete !== text && !isHost(text, url))) {
    throw new InvalidArgumentError(
      `It takes a URL, a host with a port, or a port: http://localhost:3000/hook.${addressMeant(text)}`,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new InvalidArgumentError('Webhooks go to http:// or https:// URLs.');
  }
  if (url.port === '0') throw new InvalidArgumentError('Nothing can listen on port 0.');
  // It is never sent.
  url.hash = '';
  return url;
}

/** Whether a text without a scheme names a host: `webhooks`, `/hook`, `http//localhost` and `*` do not. */
function isHost(text: string, { hostname, port }: URL): boolean {
  if (!/^[^/?#]/.test(text) || /^(?:https?|ftps?|wss?)(?:[:;/]|$)/i.test(text)) return false;
  if (hostname.startsWith('[')) return true;
  if (!/^[\w.-]+$/.test(hostname)) return false;
  return port !== '' || /:80(?:[/?#]|$)/.test(text) || hostname.includes('.') || hostname === 'localhost';
}

/** The address that was probably meant. */
function addressMeant(text: string): string {
  const [, scheme, rest] = /^(https?)[:;/]+([\w.[\]-]\S*)$/i.exec(text) ?? [];
  if (scheme !== undefined && rest !== undefined) return ` Did you mean ${scheme}://${shownArgument(rest)}?`;
  if (!/^\/?[a-z][\w/-]*$/i.test(text)) return '';
  return ` For a path, name the port too: 3000/${shownArgument(text.replace(/^\//, ''))}`;
}
