import { InvalidArgumentError } from 'commander';
import { FAULTS, type Fault } from '../../domain/arrival/arrival.ts';
import { isMessageStatus, MESSAGE_STATUSES } from '../../domain/status.ts';
import { parseDuration, unknownName } from '../flags.ts';
import { type DelayChoice, type RespondChoice, SHOW_CHOICES, type ShowChoice } from './flags.ts';

/** `event` or `timeline`. */
export function parseShow(value: string): ShowChoice {
  const choice = SHOW_CHOICES.find((each) => each === value);
  if (choice === undefined) throw unknownName(value, 'view', SHOW_CHOICES);
  return choice;
}

/** `500`, `200,500,200`, `failed=500`; repeated flags add up. */
export function parseRespond(value: string, previous: RespondChoice = {}): RespondChoice {
  const inTurn = [...(previous.inTurn ?? [])];
  const byStatus = { ...previous.byStatus };
  for (const item of value.split(',')) {
    const [first = '', second] = item.trim().split('=', 2);
    if (second === undefined) inTurn.push(parseAnswer(first));
    else if (!isMessageStatus(first)) throw unknownName(first, 'status', MESSAGE_STATUSES);
    else if (byStatus[first] !== undefined)
      throw new InvalidArgumentError(`It says twice how to answer ${first}.`);
    else byStatus[first] = parseAnswer(second);
  }
  return {
    ...(inTurn.length > 0 && { inTurn }),
    ...(Object.keys(byStatus).length > 0 && { byStatus }),
  };
}

function parseAnswer(value: string): number {
  if (/^[2-5]\d\d$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It takes HTTP statuses from 200 to 599: 500, or 200,500, or failed=500.');
}

/** `2s`, or `2s±500ms` (also written `2s+-500ms`). */
export function parseDelay(value: string): DelayChoice {
  const [delay = '', jitter] = value.split(/±|\+-|\+\/-/, 2);
  const delayMs = parseSpan(delay);
  const jitterMs = jitter === undefined ? 0 : parseSpan(jitter);
  if (jitterMs <= delayMs) return { delayMs, jitterMs };
  throw new InvalidArgumentError('What it varies by cannot be more than the delay itself.');
}

/** One or more ways to fail, separated by commas; repeated flags add up. */
export function parseFaults(value: string, previous: readonly Fault[] = []): Fault[] {
  const faults = value.split(',').map((item) => {
    const fault = FAULTS.find((each) => each === item.trim());
    if (fault === undefined) throw unknownName(item.trim(), 'fault', FAULTS);
    return fault;
  });
  return [...previous, ...faults];
}

/** A share: `0.2` or `20%`. */
export function parseShare(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(value);
  const share = Number(match?.[1] ?? Number.NaN) / (match?.[2] === '%' ? 100 : 1);
  if (share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError('It takes a share from 0 to 1, or 0% to 100%: 0.2 or 20%.');
}

/** What `--redact` keeps of what it would mask. */
export function parseRedact(value: string): 'keep-tags' {
  if (value === 'keep-tags') return value;
  throw new InvalidArgumentError('It takes nothing, or keep-tags: --redact or --redact=keep-tags.');
}

/** A duration that is longer than nothing. */
export function parseSpan(value: string): number {
  // Told of its unit first, `0` would be told of its value next.
  const milliseconds = Number(value) === 0 ? 0 : parseDuration(value);
  if (milliseconds > 0) return milliseconds;
  throw new InvalidArgumentError('It takes a duration above 0, with its unit: 500ms or 2s.');
}

/** The address to listen on, without the brackets that one of IPv6 has in a URL. */
export function parseHost(value: string): string {
  const host = value.trim().replace(/^\[(.*)\]$/, '$1');
  if (/^[^\s/:]+:\d+$/.test(host)) throw new InvalidArgumentError('The port is for --port.');
  // An empty one would let in everybody.
  if (/^[\w.:%-]+$/.test(host)) return host;
  throw new InvalidArgumentError('It takes an address of this machine: 127.0.0.1, ::1, or 0.0.0.0 for all.');
}

/** Names that a `Host` header may have. A tunnel's whole URL is taken as well, or its name with a port. */
export function collectNames(value: string, previous: readonly string[] = []): string[] {
  const names = value.split(',').map((item) =>
    item
      .trim()
      .replace(/^[a-z][\w+.-]*:\/\//i, '')
      .replace(/[/?#].*/s, '')
      .replace(/:\d*$/, ''),
  );
  if (names.every((name) => /^[^\s*]+$/.test(name))) return [...previous, ...names];
  throw new InvalidArgumentError('It takes the name of a host, or several, each in full: abc.ngrok.app.');
}

/** The file to record to. */
export function parseRecord(value: string): string {
  if (value.trim() !== '' && value !== '-') return value;
  throw new InvalidArgumentError('It takes a file; what arrives is printed by --json.');
}

/** A command for the shell. */
export function parseCommand(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError("It takes a command: 'npm test'.");
}
