import { type Problem, type ProblemCode, problem, type Severity } from '../../domain/validate/problem.ts';
import type { LeftOut } from '../../domain/validate/problem-list.ts';
import { RULES } from '../../domain/validate/rules.ts';
import { SequenceValidator } from '../../domain/validate/sequence.ts';
import type { ValidationTally } from '../../domain/validate/tally.ts';
import { type LocatedProblem, placeAt } from '../../domain/validate/text.ts';
import { isBarePayload } from '../../io/capture/bare-payload.ts';
import type { CaptureRecord, Wrapping } from '../../io/capture/capture-record.ts';
import { checkRecord, type FoundProblem, placeInRecord, withoutEnvelope } from './check-record.ts';

/** Which problems are said. */
export interface ReportLimits {
  readonly ignored: ReadonlySet<ProblemCode>;
  /** Of each severity in a file, so that notes cannot hide an error. */
  readonly maxProblems: number;
}

const NONE: readonly Problem[] = [];

/** Puts together what is said of one file: in the order of its events, none too often. */
export class FileReport {
  readonly #tally: ValidationTally;
  readonly #limits: ReportLimits;
  readonly #now: Date;
  readonly #sequence = new SequenceValidator();
  readonly #wrappings = new Set<string>();
  readonly #notes = new Set<string>();
  readonly #said: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
  #records = 0;
  #logLines = 0;
  #leftOut = 0;

  /** @param now when an event was received at the latest that does not say when it was */
  constructor(tally: ValidationTally, limits: ReportLimits, now: Date) {
    this.#tally = tally;
    this.#now = now;
    this.#limits = limits;
    tally.addFile();
  }

  /** Problems that were counted but not said. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Checks the next record of the file. Returns the problems to report, notes last. */
  add(record: CaptureRecord): readonly LocatedProblem[] {
    const { kind, problems, leftOut, event } = checkRecord(record, this.#now);
    this.#tally.addRecord(kind);
    if (kind === 'log-line') this.#logLines += 1;
    else if (kind !== 'skipped') this.#records += 1;
    const compared = event === undefined ? NONE : this.#sequence.check(event, record.line);
    const isUnwrapped = record.wrapping.length > 0 && this.#isNewWrapping(record.wrapping);
    if (problems.length + compared.length === 0 && !isUnwrapped) return [];
    this.#countLeftOut(leftOut);
    const isBare = isBarePayload(record);
    const found: FoundProblem[] = [
      ...(isUnwrapped ? [unwrappedNote(record.wrapping)] : []),
      ...problems,
      ...compared.map((each) => ({ problem: isBare ? withoutEnvelope(each) : each })),
    ];
    return [...found.filter((each) => !isNote(each)), ...found.filter(isNote)]
      .filter(({ problem: each }) => this.#isSaid(each))
      .map((each) => placeInRecord(record, each));
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

  #isNewWrapping(wrapping: readonly Wrapping[]): boolean {
    const name = wrapping.join();
    const isNew = !this.#wrappings.has(name);
    this.#wrappings.add(name);
    return isNew;
  }

  #countLeftOut(leftOut: LeftOut): void {
    for (const [name, count] of Object.entries(leftOut)) {
      const code = name as ProblemCode;
      if (this.#limits.ignored.has(code)) continue;
      this.#tally.addLeftOut(RULES[code].severity, count);
      this.#leftOut += count;
    }
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
    const place = `${code} ${path.slice(0, LONGEST_PLACE).replace(/\/\d+(?=\/|$)/g, '/0')}`;
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
/** Longer paths are told apart by their beginnings. */
const LONGEST_PLACE = 500;

function isNote({ problem: { severity } }: FoundProblem): boolean {
  return severity === 'note';
}

function unwrappedNote(wrapping: readonly Wrapping[]): FoundProblem {
  const found = problem('unwrapped', [], { wrapping: describeWrapping(wrapping) });
  return { problem: found, span: { offset: 0, length: 1 } };
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
