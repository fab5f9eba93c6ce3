import { appendFile } from 'node:fs/promises';
import type { CaseResult } from '../../domain/conformance/case.ts';
import { CASE_IDS, type CaseId, caseOf } from '../../domain/conformance/cases.ts';
import { judgeResults, type Verdict } from '../../domain/conformance/verdict.ts';
import { shownUrl } from '../../domain/delivery/target.ts';
import { CallbellStatusError } from '../../errors.ts';
import { type ConformanceRun, conformanceRun } from '../../io/conformance/conformance.ts';
import { writeWholeFile } from '../../io/output/write-whole-file.ts';
import { formatCase, formatCaseList, formatVerdict } from '../../ui/conformance/case-lines.ts';
import {
  caseJson,
  conformanceJson,
  conformanceJunit,
  conformanceMarkdown,
  verdictJson,
} from '../../ui/conformance/reports.ts';
import { createStyle } from '../../ui/style.ts';
import { visible } from '../../ui/visible.ts';
import { colorLevel, type Environment, type OutputStream } from '../environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from '../exit-code.ts';
import { ClosedPipe, talk, write } from '../output.ts';
import { commandAgain } from './again.ts';
import type { AppProcess } from './app-process.ts';
import type { ConformanceFlags } from './options.ts';
import { type ConformanceArguments, prepareRun } from './prepare.ts';

const MOST_COLUMNS = 110;

/** Tests a handler by all cases that were asked for; prints each, then the verdict. */
export async function conformance(
  given: ConformanceArguments,
  flags: ConformanceFlags,
  color: boolean | undefined,
  environment: Environment,
): Promise<ExitCode> {
  const { stdout, stderr, variables, signal } = environment;
  const look = {
    width: Math.min(stdout.columns ?? MOST_COLUMNS, MOST_COLUMNS),
    style: await createStyle(colorLevel(stdout, variables, color)),
  };
  const cases = chosenCases(flags);
  if (flags.list) {
    await write(stdout, flags.json ? listJson(cases) : formatCaseList(cases, look));
    return EXIT_CODES.ok;
  }
  const { run, app } = await prepareRun(given, flags, cases, environment);
  const again = (id: string): string => commandAgain(given, flags, run.url, id);
  await talk(stderr, `checking ${visible(shownUrl(run.url))}\n`);
  // As with validate: who reads no further still learns the verdict by the exit code.
  const out = (text: string): Promise<void> =>
    write(stdout, text).catch((error: unknown) => {
      if (!(error instanceof ClosedPipe)) throw error;
    });
  const print = (result: CaseResult): Promise<void> => {
    if (flags.json) return out(caseJson(result, again(result.id)));
    const isSaid = !flags.quiet || result.outcome === 'fail';
    return isSaid ? out(formatCase(result, again(result.id), look)) : Promise.resolve();
  };
  const results = await runAll(run, app, print, stderr);
  const verdict = judgeResults(results, {
    strict: flags.strict === true,
    knownFailing: new Set(flags.knownFailing),
    isInterrupted: signal.aborted,
  });
  const hasEffects = run.probe === undefined || results.every(({ skipped }) => !skipped?.includes('effects'));
  await out(flags.json ? verdictJson(verdict) : formatVerdict(verdict, hasEffects, look));
  await writeReports(flags, { results, verdict }, again, variables.GITHUB_STEP_SUMMARY);
  return exitCodeOf(verdict, results, signal);
}

/** Runs the cases; an app of ours is started before and stopped after, whatever happens. */
async function runAll(
  run: ConformanceRun,
  app: AppProcess | undefined,
  print: (result: CaseResult) => Promise<void>,
  stderr: OutputStream,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  try {
    await app?.start();
    for await (const result of conformanceRun(run)) {
      results.push(result);
      await print(result);
    }
  } catch (error) {
    for (const line of app?.lastLines() ?? []) await talk(stderr, `| ${visible(line)}\n`);
    throw error;
  } finally {
    await app?.stop();
  }
  return results;
}

/**
 * Chooses the cases, in the order of the table.
 *
 * @throws {CallbellStatusError} `usage` where none is left
 */
function chosenCases({ case: only, group: groups, skip = [] }: ConformanceFlags): CaseId[] {
  const chosen = CASE_IDS.filter(
    (id) =>
      (only === undefined || only.includes(id)) &&
      (groups === undefined || groups.includes(caseOf(id).group)) &&
      !skip.includes(id),
  );
  if (chosen.length > 0) return chosen;
  throw new CallbellStatusError('usage', 'no case is left to run', {
    hint: 'callbell-status conformance --list',
  });
}

function listJson(cases: readonly CaseId[]): string {
  return cases
    .map((id) => {
      const { run: _run, ...facts } = caseOf(id);
      return `${JSON.stringify({ type: 'case', id, ...facts })}\n`;
    })
    .join('');
}

interface Outcome {
  readonly results: readonly CaseResult[];
  readonly verdict: Verdict;
}

async function writeReports(
  { report = [], quiet }: ConformanceFlags,
  outcome: Outcome,
  again: (id: string) => string,
  stepSummary: string | undefined,
): Promise<void> {
  for (const file of report) {
    const text = file.endsWith('.xml')
      ? conformanceJunit(outcome)
      : file.endsWith('.md')
        ? conformanceMarkdown(outcome)
        : conformanceJson(outcome, again);
    await writeWholeFile(file, [text], true);
  }
  if (stepSummary !== undefined && stepSummary !== '' && !quiet) {
    await appendFile(stepSummary, conformanceMarkdown(outcome));
  }
}

function exitCodeOf({ verdict }: Verdict, results: readonly CaseResult[], signal: AbortSignal): ExitCode {
  if (verdict === 'interrupted') return exitCodeOfSignal(signal);
  // Nothing judged is no success.
  if (results.every(({ outcome }) => outcome === 'skip')) return EXIT_CODES.impossible;
  return verdict === 'conformant' ? EXIT_CODES.ok : EXIT_CODES.failed;
}
