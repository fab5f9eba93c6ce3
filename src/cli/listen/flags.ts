import type { Fault } from '../../domain/arrival/arrival.ts';
import { shownTarget } from '../../domain/arrival/forward-url.ts';
import type { MessageStatus } from '../../domain/status.ts';
import { CallbellStatusError } from '../../errors.ts';

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
  readonly redact?: true | 'keep-tags' | undefined;
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

/** The views there are besides a line an arrival. */
export const SHOW_CHOICES = ['event', 'timeline'] as const;

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
  needs(
    '--seed',
    flags.seed !== undefined,
    'several --fault, --fault-rate or --delay …±…',
    isLeftToChance(flags),
  );
  refuseContradictions(flags);
  refuseSameTarget(flags.forwardTo ?? []);
}

/** Whether anything about the answers is drawn by lot. */
export function isLeftToChance({ fault, faultRate = 1, delay }: ListenFlags): boolean {
  return (fault !== undefined && (fault.length > 1 || faultRate < 1)) || (delay?.jitterMs ?? 0) > 0;
}

function refuseContradictions({ show, json, quiet, verbose, status }: ListenFlags): void {
  const refuse = (one: string, other: string, hint = 'leave one of them out'): never => {
    throw new CallbellStatusError('usage', `${one} and ${other} contradict each other`, { hint });
  };
  if (show !== undefined && json) refuse('--show', '--json', 'with --json every arrival has its event');
  if (show !== undefined && quiet) refuse('--show', '--quiet');
  if (verbose && quiet) refuse('--verbose', '--quiet');
  if (verbose && show === 'timeline') refuse('--verbose', '--show timeline');
  if (status !== undefined && quiet)
    refuse('--status', '--quiet', '--status chooses what is shown, not what is counted');
}

function refuseSameTarget(targets: readonly URL[]): void {
  const hrefs = targets.map(({ href }) => href);
  const again = targets.find(({ href }, index) => hrefs.indexOf(href) !== index);
  if (again === undefined) return;
  throw new CallbellStatusError('usage', `${shownTarget(again)} is named twice as a target of --forward-to`);
}
