import { type Problem, type ProblemCode, problem, type Severity } from '../../domain/validate/problem.ts';
import { SequenceValidator } from '../../domain/validate/sequence.ts';
import type { RecordKind, ValidationTally } from '../../domain/validate/tally.ts';
import { type LocatedProblem, placeAt } from '../../domain/validate/text.ts';
import { isBarePayload } from '../../io/capture/bare-payload.ts';
import type { Wrapping } from '../../io/capture/capture-record.ts';
import type { CheckedBatch } from './check-batch.ts';
import type { CheckedRecords } from './check-file.ts';
import { placeInRecord, withoutEnvelope } from './check-record.ts';

/** Which problems are said. */
export interface ReportLimits {
  readonly ignored: ReadonlySet<ProblemCode>;
  /** Of each severity in a file, so that notes cannot hide an error. */
  readonly maxProblems: number;
}

type Found = CheckedBatch['found'][number];

/** Puts together what is said of one file: in the order of its events, none too often. */
export class FileReport {
  readonly #tally: ValidationTally;
  readonly #limits: ReportLimits;
  readonly #sequence = new SequenceValidator();
  readonly #wrappings = new Set<string>();
  readonly #notes = new Set<string>();
  readonly #said: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
  #records = 0;
  #logLines = 0;
  #leftOut = 0;

  constructor(tally: ValidationTally, limits: ReportLimits) {
    this.#tally = tally;
    this.#limits = limits;
    tally.addFile();
  }

  /** Problems that were counted but not said. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /**
   * Takes the next records of the file, and gives what is to be said of them.
   */
  async add(checked: CheckedRecords): Promise<LocatedProblem[]> {
    const { batch, recordAt } = checked;
    const { counts, found, wrapped } = batch;
    this.#tally.addRecords(counts);
    this.#logLines += counts['log-line'];
    for (const kind of Object.keys(counts) as RecordKind[]) {
      if (kind !== 'skipped' && kind !== 'log-line') this.#records += counts[kind];
    }
    const all: Found[] = [
      ...wrapped.flatMap((each) => this.#unwrapped(each)),
      ...found,
      ...(await this.#compareAll(checked)),
    ];
    // Sorting is stable: of one event, its own problems come before those with earlier events.
    if (all.length > found.length) all.sort((a, b) => a.index - b.index);
    const located: LocatedProblem[] = [];
    for (const { index, problems } of worstFirst(all)) {
      const said = problems.filter(({ problem: each }) => this.#isSaid(each));
      const record = said.length > 0 ? await recordAt(index) : undefined;
      if (record !== undefined) located.push(...said.map((each) => placeInRecord(record, each)));
    }
    return located;
  }

  /**
   * What is to be said when there is nothing more.
   *
   * @param beginning the first characters of the file
   */
  end(beginning: string): LocatedProblem[] {
    if (this.#records > 0) return [];
    const reason =
      this.#logLines > 0 ? 'it is a log, and none of its lines holds one' : whyNoEvent(beginning);
    const nothing = problem('no-event', [], reason === undefined ? {} : { reason });
    if (!this.#isSaid(nothing)) return [];
    const mark = Math.max(0, beginning.search(/\S/));
    return [placeAt(nothing, beginning, { offset: mark, length: 1 })];
  }

  #unwrapped({ index, wrapping }: CheckedBatch['wrapped'][number]): Found[] {
    const name = wrapping.join();
    if (this.#wrappings.has(name)) return [];
    this.#wrappings.add(name);
    const found = problem('unwrapped', [], { wrapping: describeWrapping(wrapping) });
    return [{ index, problems: [{ problem: found, span: { offset: 0, length: 1 } }] }];
  }

  async #compareAll({ batch, recordAt, linesBefore }: CheckedRecords): Promise<Found[]> {
    const all: Found[] = [];
    const { text, ends, records } = batch.facts;
    let start = 0;
    for (const [at, end] of ends.entries()) {
      const problems = this.#sequence.check({ text: text.slice(start, end), linesBefore });
      start = end;
      if (problems.length === 0) continue;
      const index = records[at] ?? 0;
      const record = await recordAt(index);
      const bare = record !== undefined && isBarePayload(record);
      all.push({
        index,
        problems: problems.map((each) => ({ problem: bare ? withoutEnvelope(each) : each })),
      });
    }
    return all;
  }

  #isSaid({ code, severity, path }: Problem): boolean {
    const { ignored, maxProblems } = this.#limits;
    if (ignored.has(code)) return false;
    const said = this.#said[severity] < maxProblems && !(severity === 'note' && this.#isOldNote(code, path));
    this.#tally.addProblem(severity, said);
    if (said) this.#said[severity] += 1;
    else this.#leftOut += 1;
    return said;
  }

  /** A note is said once a file for each place in an event: what is fine need not be said a thousand times. */
  #isOldNote(code: ProblemCode, path: string): boolean {
    if (code === 'unwrapped') return false;
    const place = `${code} ${path.replace(/\/\d+(?=\/|$)/g, '/0')}`;
    if (this.#notes.has(place)) return true;
    // A file of hostile keys could make this grow without end.
    if (this.#notes.size < MOST_PLACES) this.#notes.add(place);
    return false;
  }
}

/** Why a file that can be read has no event in it, where its beginning tells. */
function whyNoEvent(beginning: string): string | undefined {
  const text = beginning.trimStart();
  if (beginning === '') return 'it is empty';
  if (text === '') return 'nothing but white space';
  if (text.startsWith('[')) return 'the list is empty';
  if (/^\{\s*"log"/.test(text)) return 'no request or answer of this archive carried JSON of Callbell';
  return text.includes('"webhook_events"') ? 'the list of webhook events is empty' : undefined;
}

const MOST_PLACES = 1000;

/** All that is found of each event together, its notes last. */
function worstFirst(all: readonly Found[]): Found[] {
  const events: Found[] = [];
  for (const found of all) {
    const last = events.at(-1);
    if (last?.index !== found.index) events.push(found);
    else events.splice(-1, 1, { ...found, problems: [...last.problems, ...found.problems] });
  }
  const isNote = ({ problem: each }: Found['problems'][number]): boolean => each.severity === 'note';
  return events.map(({ index, problems }) => ({
    index,
    problems: [...problems.filter((each) => !isNote(each)), ...problems.filter(isNote)],
  }));
}

const WRAPPING_WORDS: Readonly<Record<Wrapping, string>> = {
  gzip: 'gzip data',
  'utf-16': 'text in UTF-16',
  array: 'an array',
  documents: 'several documents, one after another',
  har: 'an HTTP archive',
  workflow: 'the item of a workflow tool',
  log: 'a line of a log',
  http: 'a captured request',
  'webhook-events': "Callbell's list of webhook events",
  'message-status': "Callbell's answer about a message",
  string: 'a JSON text inside a text',
  inside: 'something larger with an event inside',
  payload: 'a payload without its envelope',
};

function describeWrapping(wrapping: readonly Wrapping[]): string {
  const layers: { each: Wrapping; times: number }[] = [];
  for (const each of wrapping) {
    const last = layers.at(-1);
    if (last?.each === each) last.times += 1;
    else layers.push({ each, times: 1 });
  }
  return layers
    .map(({ each, times }) => WRAPPING_WORDS[each] + (times === 1 ? '' : `, ${times} deep`))
    .join(', in it ');
}
