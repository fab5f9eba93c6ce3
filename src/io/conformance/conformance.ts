import {
  callback,
  checkOptions,
  is,
  milliseconds,
  type OptionChecks,
  required,
  secretText,
  wholeNumber,
} from '../../domain/check-options.ts';
import type { CaseGroup, CaseLevel, CaseResult } from '../../domain/conformance/case.ts';
import { CASE_IDS, type CaseId, caseOf } from '../../domain/conformance/cases.ts';
import { describeFailedCase } from '../../domain/conformance/describe.ts';
import type { Probe, ProbeReading } from '../../domain/conformance/probe.ts';
import type { RequestHeader } from '../../domain/delivery/request-headers.ts';

import { nearest } from '../../domain/nearest.ts';
import { CallbellStatusError } from '../../errors.ts';
import { rejectCallbell } from '../deliver/reject-callbell.ts';
import type { ControlledApp } from './case-trial.ts';
import { runCases } from './run-conformance.ts';
import { Sender } from './sender.ts';
import { StateWatcher } from './watch-state.ts';

/** A handler under test, and how its state is read. */
export interface ConformanceOptions {
  /** The URL that Callbell would post to. */
  readonly url: string | URL;
  /**
   * Reads the state of a message: one of the seven statuses, and how many effects it had. Undefined where there is no
   * such message. Without it, only answers are judged.
   */
  readonly probe?: (
    uuid: string,
  ) => Promise<{ readonly status?: string | undefined; readonly effects?: number | undefined } | undefined>;
  /** Called before each message, for handlers that only update rows which their sender made. */
  readonly create?: (message: { readonly uuid: string; readonly phoneNumber: string }) => Promise<void>;
  /** Signs deliveries, and enables the cases on signatures. */
  readonly secret?: string;
  /** The second secret of a rotation. */
  readonly nextSecret?: string;
  /** How often a race is tried. @default 10 */
  readonly rounds?: number;
  /** The longest time a state may take to show, in milliseconds. @default 2000 */
  readonly settleMs?: number;
  /** Above this an answer is too slow, in milliseconds. @default 2000 */
  readonly budgetMs?: number;
  /** The longest time for one answer, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
}

const CHECKS: OptionChecks<ConformanceOptions> = {
  url: required(is(isWebAddress, 'the URL of a handler, http or https')),
  probe: callback,
  create: callback,
  secret: secretText,
  nextSecret: secretText,
  rounds: wholeNumber(1),
  settleMs: milliseconds(1),
  budgetMs: milliseconds(1),
  timeoutMs: milliseconds(1),
};

function isWebAddress(value: unknown): boolean {
  const text = value instanceof URL ? value.href : value;
  return typeof text === 'string' && URL.canParse(text) && /^https?:/i.test(text);
}

/** Name, level and title of a case. */
export interface CaseFacts {
  readonly id: CaseId;
  readonly group: CaseGroup;
  readonly level: CaseLevel;
  readonly title: string;
}

/**
 * All cases, in the order in which they run.
 *
 * @example
 * ```ts
 * CONFORMANCE_CASES.filter(({ level }) => level === 'required').map(({ id }) => id);
 * ```
 */
export const CONFORMANCE_CASES: readonly CaseFacts[] = CASE_IDS.map((id) => {
  const { group, level, title } = caseOf(id);
  return { id, group, level, title };
});

/**
 * Drives a handler through all cases, and gives what each came to.
 *
 * @throws {CallbellStatusError} `usage` for options that make no sense, `unreachable` where nothing can be judged
 *
 * @example
 * ```ts
 * for await (const { id, outcome } of runConformance({ url: 'http://127.0.0.1:3000/webhooks' })) {
 *   console.log(id, outcome);
 * }
 * ```
 */
export async function* runConformance(options: ConformanceOptions): AsyncGenerator<CaseResult> {
  checkOptions('runConformance', options, CHECKS);
  yield* conformanceRun({ ...planOf(options), cases: CASE_IDS });
}

/**
 * Drives a handler through one case.
 *
 * @returns what it came to: `pass`, or `skip` where something is missing (a probe, a secret)
 * @throws {CallbellStatusError} `not-conformant` with the exchange where the case failed, also where only recommended
 *   checks did; `usage` for a case that does not exist; `unreachable` where nothing can be judged
 *
 * @example
 * ```ts
 * await conform('late-sent', { url, probe: async (uuid) => store.find(uuid) });
 * ```
 */
export async function conform(id: CaseId, options: ConformanceOptions): Promise<CaseResult> {
  checkOptions('conform', options, CHECKS);
  if (!CASE_IDS.includes(id)) {
    const meant = nearest(String(id), CASE_IDS);
    const hint = meant === undefined ? 'CONFORMANCE_CASES lists them' : `did you mean "${meant}"?`;
    throw new CallbellStatusError('usage', `there is no case ${JSON.stringify(id)}`, { hint });
  }
  for await (const result of conformanceRun({ ...planOf(options), cases: [id] })) {
    if (result.outcome === 'pass' || result.outcome === 'skip') return result;
    throw new CallbellStatusError('not-conformant', describeFailedCase(result));
  }
  throw new CallbellStatusError('interrupted', `${id} was not run to its end`);
}

/** A run with every choice made; the command line and the library both make one. */
export interface ConformanceRun {
  readonly url: URL;
  readonly cases: readonly CaseId[];
  readonly headers: readonly RequestHeader[];
  readonly secret: string | undefined;
  readonly nextSecret: string | undefined;
  readonly probe: Probe | undefined;
  readonly create: ConformanceOptions['create'] | undefined;
  readonly app: ControlledApp | undefined;
  readonly rounds: number;
  readonly settleMs: number;
  readonly budgetMs: number;
  readonly timeoutMs: number;
  /** How long a slow body takes; the shortest time that a state must stay. */
  readonly pace: { readonly slowBodyMs: number; readonly leastHoldMs: number };
  readonly certificates: string | undefined;
  readonly insecure: boolean;
  readonly stopped: AbortSignal;
}

/** The defaults of a run. */
export const CONFORMANCE_DEFAULTS = {
  rounds: 10,
  settleMs: 2000,
  budgetMs: 2000,
  timeoutMs: 10_000,
  pace: { slowBodyMs: 3000, leastHoldMs: 300 },
} as const;

/**
 * Runs cases, and closes what was opened for them.
 *
 * @throws {CallbellStatusError} `usage` for Callbell itself, `unreachable` where nothing can be judged
 */
export async function* conformanceRun(run: ConformanceRun): AsyncGenerator<CaseResult> {
  rejectCallbell(run.url);
  const { pace, probe, settleMs, stopped } = run;
  const sender = new Sender({ ...run, slowBodyMs: pace.slowBodyMs });
  const watcher =
    probe === undefined
      ? undefined
      : new StateWatcher(probe, { settleMs, leastHoldMs: pace.leastHoldMs }, stopped);
  try {
    const { app, create, secret, nextSecret, rounds, budgetMs } = run;
    const context = { sender, watcher, app, create, secret, nextSecret, rounds, budgetMs };
    yield* runCases({
      cases: run.cases,
      context: { ...context, answers: [], effectsOfRead: undefined },
      stopped,
    });
  } finally {
    sender.close();
  }
}

function planOf(options: ConformanceOptions): Omit<ConformanceRun, 'cases'> {
  const { url, probe, create, secret, nextSecret, ...numbers } = options;
  return {
    ...CONFORMANCE_DEFAULTS,
    ...numbers,
    url: new URL(url),
    headers: [],
    secret,
    nextSecret,
    probe: probe === undefined ? undefined : completed(probe),
    create,
    app: undefined,
    certificates: undefined,
    insecure: false,
    stopped: new AbortController().signal,
  };
}

function completed(probe: NonNullable<ConformanceOptions['probe']>): Probe {
  return async (uuid): Promise<ProbeReading> => {
    const { status, effects } = (await probe(uuid)) ?? {};
    return { status, effects };
  };
}
