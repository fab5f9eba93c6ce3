import type { CaseId } from '../../domain/conformance/cases.ts';
import type { Probe } from '../../domain/conformance/probe.ts';
import type { ReadingOptions } from '../../domain/conformance/reading.ts';
import { CallbellStatusError } from '../../errors.ts';
import { CONFORMANCE_DEFAULTS, type ConformanceRun } from '../../io/conformance/conformance.ts';
import { createExecProbe, createHttpProbe, postJson, runCommand } from '../../io/conformance/probes.ts';
import { rejectCallbell } from '../../io/deliver/reject-callbell.ts';
import { readCertificates } from '../deliver/delivery-options.ts';
import { approveTarget } from '../deliver/target.ts';
import type { Environment } from '../environment.ts';
import { parseTarget } from '../flags.ts';
import { readSecret } from '../secret.ts';
import { AppProcess } from './app-process.ts';
import type { ConformanceFlags } from './options.ts';

/** The words of the command line that are no options. */
export interface ConformanceArguments {
  readonly url: string | undefined;
  /** Words behind the URL: the start command of the app. */
  readonly words: readonly string[];
  /** True where a `--` stands before them. */
  readonly hasSeparator: boolean;
}

const READY_TIMEOUT_MS = 30_000;

/**
 * Makes a run from flags and environment.
 *
 * @throws {CallbellStatusError} `usage` for what is missing or contradicts itself
 */
export async function prepareRun(
  { url: given, words, hasSeparator }: ConformanceArguments,
  flags: ConformanceFlags,
  cases: readonly CaseId[],
  environment: Environment,
): Promise<{ readonly run: ConformanceRun; readonly app: AppProcess | undefined }> {
  const { variables, signal } = environment;
  rejectContradictions(flags);
  const url = targetOf(given, words, hasSeparator);
  rejectCallbell(url);
  await approveTarget(url, flags.yes === true, environment);
  const app = appOf(words, url, flags, environment);
  const { secretEnv, nextSecretEnv } = flags;
  const nextSecret = nextSecretEnv === undefined ? undefined : readSecret(nextSecretEnv, variables, true);
  const { timeoutMs, budgetMs, settleMs, rounds } = CONFORMANCE_DEFAULTS;
  const run: ConformanceRun = {
    url,
    cases,
    headers: flags.header ?? [],
    secret: readSecret(secretEnv, variables, false)?.value,
    nextSecret: nextSecret?.value,
    probe: probeOf(url, flags, variables),
    create: createOf(url, flags, variables),
    app,
    rounds: flags.rounds ?? rounds,
    settleMs: flags.settle ?? settleMs,
    budgetMs: flags.budget ?? budgetMs,
    timeoutMs: flags.timeout ?? timeoutMs,
    pace: CONFORMANCE_DEFAULTS.pace,
    certificates: flags.ca === undefined ? undefined : await readCertificates(flags.ca),
    insecure: flags.insecure === true,
    stopped: signal,
  };
  return { run, app };
}

function rejectContradictions({
  probe,
  probeExec,
  create,
  createExec,
  statusAt,
  effectsAt,
  states,
}: ConformanceFlags) {
  if (probe !== undefined && probeExec !== undefined)
    throw usage('--probe and --probe-exec both read the state');
  if (create !== undefined && createExec !== undefined)
    throw usage('--create and --create-exec both make rows');
  if ((probe ?? probeExec) !== undefined) return;
  const stray = { '--status-at': statusAt, '--effects-at': effectsAt, '--states': states };
  for (const [name, flag] of Object.entries(stray)) {
    if (flag !== undefined)
      throw usage(`${name} is about the probe, and there is none`, 'name it with --probe');
  }
}

function targetOf(given: string | undefined, words: readonly string[], hasSeparator: boolean): URL {
  if (given === undefined) {
    throw usage('test which handler? Name its URL', 'for example: callbell-status conformance 3000/webhooks');
  }
  if (words.length > 0 && !hasSeparator) {
    throw usage(
      `too many arguments: ${words.join(' ')}`,
      'a command that starts the app stands behind --: conformance 3000 -- npm start',
    );
  }
  return parseTarget(given);
}

function appOf(
  [program, ...rest]: readonly string[],
  url: URL,
  { readyTimeout, verbose }: ConformanceFlags,
  { variables, signal, stderr }: Environment,
): AppProcess | undefined {
  if (program === undefined) return undefined;
  return new AppProcess({
    command: [program, ...rest],
    url,
    variables,
    readyTimeoutMs: readyTimeout ?? READY_TIMEOUT_MS,
    onOutput: (text) => void (verbose && stderr.write(text)),
    stopped: signal,
  });
}

type Variables = Environment['variables'];

function probeOf(url: URL, flags: ConformanceFlags, variables: Variables): Probe | undefined {
  const { probe, probeExec, statusAt, effectsAt, states = new Map() } = flags;
  const reading: ReadingOptions = { statusAt, effectsAt, states };
  const timeoutMs = flags.timeout ?? CONFORMANCE_DEFAULTS.timeoutMs;
  if (probeExec !== undefined)
    return createExecProbe({ command: probeExec, variables, timeoutMs, ...reading });
  if (probe === undefined) return undefined;
  if (!probe.includes('{uuid}'))
    throw usage('--probe asks for one message: put {uuid} into it', '--probe /messages/{uuid}');
  return createHttpProbe({ url: absolute(probe, url), headers: {}, timeoutMs, ...reading });
}

function createOf(url: URL, flags: ConformanceFlags, variables: Variables): ConformanceRun['create'] {
  const { create, createExec } = flags;
  const timeoutMs = flags.timeout ?? CONFORMANCE_DEFAULTS.timeoutMs;
  if (create !== undefined) return (message) => postJson(absolute(create, url), message, timeoutMs);
  if (createExec === undefined) return undefined;
  return async ({ uuid, phoneNumber }) => {
    const own = { CALLBELL_STATUS_UUID: uuid, CALLBELL_STATUS_PHONE_NUMBER: phoneNumber };
    await runCommand(createExec, { ...variables, ...own }, timeoutMs);
  };
}

/** A path is meant at the handler's own origin. The text is kept: {uuid} must not be encoded. */
function absolute(text: string, { origin }: URL): string {
  return text.startsWith('/') ? origin + text : text;
}

function usage(message: string, hint?: string): CallbellStatusError {
  return new CallbellStatusError('usage', message, hint === undefined ? {} : { hint });
}
