import { InvalidArgumentError } from 'commander';
import { FAULTS, type Fault } from '../../domain/arrival/arrival.ts';
import { isMessageStatus, MESSAGE_STATUSES, type MessageStatus } from '../../domain/status.ts';
import { CallbellStatusError } from '../../errors.ts';
import { parseDuration, unknownName } from '../flags.ts';

/** The flags of `listen`, parsed. */
export interface ListenFlags {
  readonly port: number;
  readonly host: string;
  readonly allowHost?: readonly string[] | undefined;
  readonly maxBody?: number | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly color?: boolean | undefined;
  readonly show?: ShowChoice | undefined;
  readonly status?: readonly MessageStatus[] | undefined;
  readonly uuid?: string | undefined;
  readonly secretEnv?: string | undefined;
  readonly tolerance?: number | undefined;
  readonly requireSignature?: boolean | undefined;
  readonly record?: string | undefined;
  readonly recordSync?: boolean | undefined;
  readonly redact?: boolean | undefined;
  readonly forwardTo?: readonly URL[] | undefined;
  readonly forwardTimeout?: number | undefined;
  readonly yes?: boolean | undefined;
  readonly respond?: RespondChoice | undefined;
  readonly delay?: DelayChoice | undefined;
  readonly fault?: readonly Fault[] | undefined;
  readonly faultRate?: number | undefined;
  readonly seed?: number | undefined;
  readonly until?: readonly MessageStatus[] | undefined;
  readonly maxEvents?: number | undefined;
  readonly timeout?: number | undefined;
  readonly expect?: readonly MessageStatus[] | undefined;
  readonly failOnInvalid?: boolean | undefined;
  readonly exec?: string | undefined;
}

const SHOW_CHOICES = ['event', 'timeline'] as const;

/** What is shown instead of, or besides, a line an arrival. */
export type ShowChoice = (typeof SHOW_CHOICES)[number];

/** What to answer: statuses in turn, and by the status of the event. */
export interface RespondChoice {
  readonly inTurn?: readonly number[];
  readonly byStatus?: Readonly<Partial<Record<MessageStatus, number>>>;
}

/** A delay and by how much it varies, in milliseconds. */
export interface DelayChoice {
  readonly delayMs: number;
  readonly jitterMs: number;
}

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
    else if (isMessageStatus(first)) byStatus[first] = parseAnswer(second);
    else throw unknownName(first, 'status', MESSAGE_STATUSES);
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
  return { delayMs: parseDuration(delay), jitterMs: jitter === undefined ? 0 : parseDuration(jitter) };
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

const UNIT_BYTES = { b: 1, kb: 1024, kib: 1024, mb: 1024 ** 2, mib: 1024 ** 2 } as const;
const LARGEST_BODY = 100 * 1024 ** 2;

/** A size with its unit, `512kb` or `1mb` (of 1024), in bytes. */
export function parseSize(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(b|kb|kib|mb|mib)$/i.exec(value);
  const unit = match?.[2]?.toLowerCase() as keyof typeof UNIT_BYTES | undefined;
  const bytes = unit === undefined ? Number.NaN : Math.floor(Number(match?.[1]) * UNIT_BYTES[unit]);
  if (bytes > 0 && bytes <= LARGEST_BODY) return bytes;
  throw new InvalidArgumentError('It takes a size with its unit, up to 100mb: 512kb or 1mb.');
}

/** A uuid of a message, or how it begins: at least four hex digits. */
export function parseUuid(value: string): string {
  if (/^[0-9a-f]{4,32}$/.test(value)) return value;
  throw new InvalidArgumentError(
    'It takes a uuid of a message, or its beginning: 4 to 32 lower-case hex digits.',
  );
}

/** Collects the values of a flag that may be repeated or hold several, separated by commas. */
export function collectNames(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...value.split(',').map((item) => item.trim())];
}

/**
 * Finds flags that make no sense together or alone.
 *
 * @throws {CallbellStatusError} `usage`
 */
export function checkListenFlags(flags: ListenFlags): void {
  const needs = (flag: string, isGiven: unknown, other: string, isOtherGiven: unknown): void => {
    if (isGiven && !isOtherGiven)
      throw new CallbellStatusError('usage', `${flag} does nothing without ${other}`);
  };
  needs('--record-sync', flags.recordSync, '--record', flags.record);
  needs('--redact', flags.redact, '--record', flags.record);
  needs('--fault-rate', flags.faultRate !== undefined, '--fault', flags.fault);
  needs('--forward-timeout', flags.forwardTimeout !== undefined, '--forward-to', flags.forwardTo);
  needs('--yes', flags.yes, '--forward-to', flags.forwardTo);
  if (flags.show !== undefined && (flags.json || flags.quiet)) {
    const other = flags.json ? '--json' : '--quiet';
    const hint = flags.json ? 'with --json every arrival has its event' : 'leave one of them out';
    throw new CallbellStatusError('usage', `--show and ${other} contradict each other`, { hint });
  }
}
