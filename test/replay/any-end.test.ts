import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDice } from '../../src/domain/dice.ts';
import { uuidIn } from '../support/captures.ts';
import { type CountingHandler, startCountingHandler } from '../support/counting-handler.ts';
import { temporaryFolder } from '../support/files.ts';
import { ENDS, type ReplayEnd } from '../support/replay-ends.ts';
import { INPUT_KINDS, type InputEvent, makeEvents, type ReplayInput } from '../support/replay-inputs.ts';

/**
 * Whatever the input and whatever ends the run: what was accepted and what is in --failures is the input, nothing is in
 * both, and the printed figures are those of the files. Each case is drawn by its number.
 *
 * CALLBELL_STATUS_CASES=300 runs so many cases; CALLBELL_STATUS_FIRST_CASE=17 begins with another one, so that one case
 * can be run again alone.
 */
const CASES = Number(process.env.CALLBELL_STATUS_CASES ?? 13);
const FIRST_CASE = Number(process.env.CALLBELL_STATUS_FIRST_CASE ?? 0);
const AT_ONCE = 3;
const EVENTS = makeEvents(2000);

/** One case. */
interface Case {
  readonly name: string;
  readonly input: ReplayInput;
  readonly end: ReplayEnd;
  /** The request at which the end comes. */
  readonly k: number;
  readonly concurrency: number;
  /** The failures take the place of the input. */
  readonly isResumed: boolean;
  readonly folder: string;
}

function drawCase(number: number, folder: string): Case {
  const dice = createDice(number + 1);
  const inputs = Object.keys(INPUT_KINDS);
  const ends = Object.keys(ENDS);
  // In turn, so that a few cases already have every end; their numbers have no common divisor, so all pairs come.
  const endName = ends[number % ends.length] as string;
  const end = ENDS[endName] as ReplayEnd;
  let inputName = inputs[number % inputs.length] as string;
  if (inputName.includes('never ends') && end.goesOn) inputName = 'stdin from a pipe';
  const input = (INPUT_KINDS[inputName] as (typeof INPUT_KINDS)[string])(EVENTS, folder);
  const isResumed = input.isResumable && dice(4) === 0;
  const k = 1 + dice(300);
  const concurrency = [1, 4, 20][dice(3)] as number;
  const name = `case ${number}: ${inputName}, ${endName} at ${k}, -c ${concurrency}${isResumed ? ', resumed' : ''}`;
  return { name, input, end, k, concurrency, isResumed, folder };
}

/** What a run left behind. */
interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly failures: string;
  readonly report: string;
}

async function runCase({ input, end, k, concurrency, isResumed, folder }: Case) {
  const handler = await startCountingHandler((n, answer) => {
    const httpStatus = end.answer(n, k);
    if (httpStatus !== 'nothing') answer(httpStatus);
    if (n === k) end.act(child, handler);
  });
  const [captured = ''] = input.files;
  const failures = isResumed ? captured : join(folder, 'failures.ndjson');
  const report = end.full.includes('report') ? '/dev/full' : join(folder, 'report.ndjson');
  const flags = [
    '--json',
    '-c',
    String(concurrency),
    '--failures',
    failures,
    '--report',
    report,
    ...end.flags,
  ];
  const argv = ['bin/callbell-status.js', 'replay', ...input.files, '--to', handler.url, ...flags];
  const limit = end.fileLimit === undefined ? '' : `ulimit -f ${end.fileLimit * 2}; `;
  const stdinFile = join(folder, 'stdin.ndjson');
  if (input.stdin?.kind === 'file') writeFileSync(stdinFile, input.stdin.text);
  const given = input.stdin?.kind === 'file' ? openSync(stdinFile, 'r') : input.stdin ? 'pipe' : 'ignore';
  const full = end.full.includes('stdout') ? openSync('/dev/full', 'w') : 'pipe';
  const child = spawn('sh', ['-c', `${limit}exec "$0" "$@"`, process.execPath, ...argv], {
    stdio: [given, full, 'pipe'],
  });
  for (const each of [given, full]) if (typeof each === 'number') closeSync(each);
  child.stdin?.on('error', () => {});
  child.stdin?.write(input.stdin?.text ?? '');
  if (input.stdin?.kind === 'pipe') child.stdin?.end();
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  child.stdin?.destroy();
  handler.kill();
  const outcome: Outcome = {
    code,
    stdout,
    stderr,
    failures: readFileSync(failures).toString('latin1'),
    report: report === '/dev/full' ? '' : readFileSync(report, 'utf8'),
  };
  return { handler, outcome };
}

/** The uuids in a file of failures, in which every line must be one that we can read. */
function uuidsIn(failures: string): string[] {
  const lines = Buffer.from(failures, 'latin1').toString().split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => {
    const value = JSON.parse(line) as { body?: string };
    return uuidIn(value.body ?? line);
  });
}

/** The figures that were printed: on stdout, or where that took no more, on stderr. */
function printedFigures({ stdout, stderr }: Outcome) {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (last.startsWith('{"type":"summary"')) {
    const { total, accepted } = JSON.parse(last) as { total: number; accepted: number };
    return { total, accepted };
  }
  const [, accepted, total] = /(\d+) of (\d+) accepted/.exec(stderr) ?? [];
  return { total: Number(total), accepted: Number(accepted) };
}

async function check(drawn: Case): Promise<number> {
  const { input, end, isResumed, folder } = drawn;
  const before = isResumed ? readFileSync(input.files[0] ?? '').toString('latin1') : undefined;
  const { handler, outcome } = await runCase(drawn);
  checkHandler(input, handler);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  const events = readEvents(input, outcome);
  if (outcome.failures === before) {
    // Left as it was: nothing is lost, and that is no success.
    expect(outcome.code).not.toBe(0);
    return events.length;
  }
  const left = uuidsIn(outcome.failures);
  expect(new Set(left).size).toBe(left.length);
  const unkept = Number(/(\d+) events? not accepted and not in/.exec(outcome.stderr)?.[1] ?? 0);
  if (end.fileLimit === undefined) expect(unkept).toBe(0);
  const isLeft = new Set(left);
  const others = events.filter(({ uuid }) => !isLeft.has(uuid));
  expect(others.filter(({ uuid }) => !handler.acknowledged.has(uuid))).toHaveLength(unkept);
  const twice = left.filter((uuid) => handler.acknowledged.has(uuid));
  expect(twice.length).toBeLessThanOrEqual(end.givesUp ? drawn.concurrency : 0);
  if (!end.goesOn) expect(left.length + unkept).toBeGreaterThan(0);
  const accepted = others.length - unkept;
  checkFigures(end, outcome, { total: events.length, accepted, left: left.length });
  expect(accepted === input.events.length ? [0, ...end.codes] : end.codes).toContain(outcome.code);
  return events.length;
}

/** Each event came at most once, and as the bytes it is. */
function checkHandler({ events }: ReplayInput, { received, acknowledged }: CountingHandler): void {
  const bodies = new Map(events.map(({ uuid, body }) => [uuid, body]));
  expect([...received.values()].filter((times) => times !== 1)).toEqual([]);
  expect([...acknowledged].filter(([uuid, body]) => body !== bodies.get(uuid))).toEqual([]);
}

/** The events that were read: only what may never end is left before its end, and that is said. */
function readEvents({ stdin, events }: ReplayInput, { stderr }: Outcome): readonly InputEvent[] {
  const lastLine = /still open: what came after line (\d+) was not read/.exec(stderr)?.[1];
  if (lastLine === undefined) return events;
  expect(stdin?.kind).toMatch(/pipe/);
  return events.slice(0, Number(lastLine));
}

interface Figures {
  readonly total: number;
  readonly accepted: number;
  /** How many are in the file of failures. */
  readonly left: number;
}

function checkFigures(end: ReplayEnd, outcome: Outcome, { total, accepted, left }: Figures): void {
  if (!end.isDeaf) {
    const again = /(\d+) events? to deliver again/.exec(outcome.stderr)?.[1];
    expect(Number(again ?? 0)).toBe(left);
  }
  expect(printedFigures(outcome)).toEqual({ total, accepted });
  if (end.full.length > 0 || end.fileLimit !== undefined) return;
  const lines = outcome.report.trimEnd().split('\n');
  const facts = lines.map((line) => JSON.parse(line) as { type: string; outcome?: string });
  expect(facts.filter((fact) => fact.outcome === 'accepted')).toHaveLength(accepted);
  expect(facts.filter(({ type }) => type !== 'summary')).toHaveLength(total);
  expect(facts.at(-1)).toMatchObject({ type: 'summary', total, accepted });
}

test(
  `accepted and failures are the input, for ${CASES} inputs and ends`,
  async () => {
    const root = temporaryFolder();
    const failed: string[] = [];
    let next = FIRST_CASE;
    let events = 0;
    const work = async (): Promise<void> => {
      for (let number = next++; number < FIRST_CASE + CASES; number = next++) {
        const folder = join(root, String(number));
        mkdirSync(folder);
        const drawn = drawCase(number, folder);
        try {
          events += await check(drawn);
        } catch (error) {
          failed.push(`${drawn.name}\n${error instanceof Error ? error.message : String(error)}`);
        }
        rmSync(folder, { recursive: true });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(failed).toEqual([]);
    expect(events).toBeGreaterThan(CASES);
  },
  20_000 + CASES * 10_000,
);
