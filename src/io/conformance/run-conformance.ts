import type {
  CaseLevel,
  CaseNeed,
  CaseResult,
  FailedCheck,
  TestMessage,
} from '../../domain/conformance/case.ts';
import { CASE_IDS, type CaseId, caseOf } from '../../domain/conformance/cases.ts';
import { plainRequest } from '../../domain/conformance/request.ts';
import { CallbellStatusError } from '../../errors.ts';
import { CaseTrial, type RunContext } from './case-trial.ts';

/** A run with everything decided. */
export interface ConformancePlan {
  readonly cases: readonly CaseId[];
  readonly context: RunContext;
  /** Ends the run after what is under way. */
  readonly stopped: AbortSignal;
}

/**
 * Runs cases one after another and gives what each came to. The handler is tried with one `read` first, and the probe
 * is tested before it is trusted.
 *
 * @throws {CallbellStatusError} `unreachable` where nothing can be judged: the target is not reached, wants signatures
 *   or redirects, the probe cannot be read or always says the same
 */
export async function* runCases({ cases, context, stopped }: ConformancePlan): AsyncGenerator<CaseResult> {
  await preflight(context);
  let isGone = false;
  for (const id of CASE_IDS.filter((each) => cases.includes(each))) {
    const lacks = isGone ? 'the handler stopped answering in an earlier case' : lack(id, context);
    if (lacks !== undefined) {
      yield skip(id, lacks);
      continue;
    }
    const result = await runAndRevive(id, context, stopped);
    // What a stop broke off is no verdict.
    if (stopped.aborted) return;
    yield result;
    isGone = isSilent(result) && context.app === undefined;
    // A handler that refuses plain events fails everything else too, which would say nothing.
    if (id === 'accept-statuses' && result.outcome === 'fail') return;
  }
}

const STILL_ANSWERS = 'the handler still answers';

function stoppedAnswering(why: string): FailedCheck {
  return { level: 'required', expected: STILL_ANSWERS, got: `it stopped answering: ${why}` };
}

function isSilent({ failed }: CaseResult): boolean {
  return failed.some(({ expected }) => expected === STILL_ANSWERS);
}

/** Runs a case. Where the handler stops answering, the case has failed, and an app of ours is started again. */
async function runAndRevive(id: CaseId, context: RunContext, stopped: AbortSignal): Promise<CaseResult> {
  const result = await runCase(id, context);
  const silence = stopped.aborted ? undefined : await whySilent(context);
  if (silence === undefined) return result;
  await context.app?.kill();
  await context.app?.start();
  // What could not be judged stays so: the reason is ours.
  if (result.skipped !== undefined) return result;
  return {
    ...result,
    outcome: 'fail',
    skipped: undefined,
    failed: [...result.failed, stoppedAnswering(silence)],
  };
}

/** Sends one `read`. Its answer is judged by the case `accept-statuses`; what makes judging impossible is an error. */
async function preflight(context: RunContext): Promise<void> {
  const trial = new CaseTrial('required', context);
  const unknown = await trial.message({ isCreated: false });
  const message = await trial.message();
  const { httpStatus, failure, isAccepted } = await trial.send(message.request('read'));
  if (httpStatus === undefined)
    throw cannotJudge(failure ?? 'no answer', 'start the handler, or check the URL');
  if ((httpStatus === 401 || httpStatus === 403) && context.secret === undefined) {
    throw cannotJudge(
      `the handler answered ${httpStatus}: it wants signatures`,
      'set CALLBELL_WEBHOOK_SECRET',
    );
  }
  if (httpStatus >= 300 && httpStatus < 400) {
    throw cannotJudge(
      `the handler answered ${httpStatus}: Callbell follows no redirects`,
      'name the URL it leads to',
    );
  }
  if (isAccepted) await testProbe(context, unknown, message);
}

/** A probe that always says the same would pass or fail every case. */
async function testProbe(context: RunContext, unknown: TestMessage, known: TestMessage): Promise<void> {
  const { watcher } = context;
  if (watcher === undefined) return;
  const [before] = await watcher.watch([unknown], false);
  const [after] = await watcher.watch([known], false);
  const readings = `for a message that was never sent it says ${before?.status ?? 'no such message'}, for one that was read ${after?.status ?? 'no such message'}`;
  if (before?.status === 'read' || after?.status !== 'read') {
    throw cannotJudge(
      `the probe does not tell states apart: ${readings}`,
      "check --probe and --status-at; the app's own words are named with --states, and --create makes its rows",
    );
  }
  [context.effectsOfRead] = await watcher.effects([known]);
}

async function runCase(id: CaseId, context: RunContext): Promise<CaseResult> {
  const { group, level, title, run } = caseOf(id);
  const trial = new CaseTrial(level, context);
  const began = performance.now();
  let unjudged: string | undefined;
  try {
    await run(trial);
  } catch (error) {
    if (!(error instanceof CallbellStatusError)) throw error;
    unjudged = error.message;
  }
  const { failed, exchanges, leftOut, raceRounds } = trial;
  const outcome = unjudged === undefined ? outcomeOf(failed) : 'skip';
  return {
    id,
    group,
    level,
    title,
    outcome,
    failed,
    skipped: unjudged,
    exchanges,
    exchangesLeftOut: leftOut,
    rounds: raceRounds,
    ms: Math.round(performance.now() - began),
  };
}

function outcomeOf(failed: readonly { readonly level: CaseLevel }[]): 'pass' | 'warn' | 'fail' {
  if (failed.some(({ level }) => level === 'required')) return 'fail';
  return failed.length > 0 ? 'warn' : 'pass';
}

/** Why a case cannot run; undefined where it can. */
function lack(
  id: CaseId,
  { watcher, secret, nextSecret, app, effectsOfRead }: RunContext,
): string | undefined {
  const has: Readonly<Record<CaseNeed, boolean>> = {
    state: watcher !== undefined,
    effects: effectsOfRead !== undefined,
    secret: secret !== undefined,
    'next-secret': nextSecret !== undefined,
    app: app !== undefined,
  };
  const missing = caseOf(id).needs.find((need) => !has[need]);
  return missing === undefined ? undefined : LACKS[missing];
}

const LACKS: Readonly<Record<CaseNeed, string>> = {
  state: 'it reads the state of messages: name a --probe',
  effects: 'it counts effects: the probe must answer "effects" (--effects-at)',
  secret: 'it signs: set CALLBELL_WEBHOOK_SECRET',
  'next-secret': 'it signs with a second secret: name it with --next-secret-env',
  app: 'it restarts the handler: add -- and its start command',
};

function skip(id: CaseId, skipped: string): CaseResult {
  const { group, level, title } = caseOf(id);
  return {
    id,
    group,
    level,
    title,
    outcome: 'skip',
    failed: [],
    skipped,
    exchanges: [],
    exchangesLeftOut: 0,
    rounds: undefined,
    ms: 0,
  };
}

/** Says why the handler gives no answer at all; undefined where it gives one. */
async function whySilent({ sender }: RunContext): Promise<string | undefined> {
  // Not by GET: a handler that does not answer it fails one recommended case, and is alive.
  const request = plainRequest('POST', '{"event":"conformance_check","payload":{}}');
  const { httpStatus, failure = 'no answer' } = await sender.send(request);
  return httpStatus === undefined ? failure : undefined;
}

function cannotJudge(message: string, hint: string): CallbellStatusError {
  return new CallbellStatusError('unreachable', message, { hint });
}
