import { InvalidArgumentError } from 'commander';
import { CASE_GROUPS, type CaseGroup } from '../../domain/conformance/case.ts';
import { CASE_IDS, type CaseId } from '../../domain/conformance/cases.ts';
import { parsePath as parseKeys } from '../../domain/generate/event-path.ts';
import { MESSAGE_STATUSES } from '../../domain/status.ts';
import { parseHeader, parseTimeout } from '../deliver/delivery-parsers.ts';
import { parseList, parsePath, parseWholeNumber, unknownName } from '../flags.ts';
import { type FlagsOf, flag, repeated, value } from '../options/table.ts';
import { parseVariable } from '../value-parsers.ts';

/** Options that choose the cases, and those that count. */
export const CASE_OPTIONS = {
  list: flag('list the cases, and send nothing'),
  case: repeated('ids', 'only these cases', parseCases),
  group: repeated('groups', `only these groups: ${CASE_GROUPS.join(', ')}`, parseGroups),
  skip: repeated('ids', 'all but these cases', parseCases),
  knownFailing: repeated('ids', 'cases that fail today: one that passes fails the run', parseCases),
  strict: flag('recommended cases count too'),
} as const;

/** Options on reading the state of the app. */
export const PROBE_OPTIONS = {
  probe: value('url', 'GET this for the state of a message; {uuid} is replaced', parseProbe),
  probeExec: value('command', 'run this instead; the uuid is in CALLBELL_STATUS_UUID', parseText),
  statusAt: value('path', 'where the status stands (default: status)', parseKeyPath),
  effectsAt: value('path', 'where the number, or list, of effects stands (default: effects)', parseKeyPath),
  states: repeated('map', "the app's own words: queued=enqueued,1=sent", parseStates),
  create: value('url', 'POST {uuid, phoneNumber} here before each message', parseProbe),
  createExec: value('command', 'run this before each message instead', parseText),
} as const;

/** Options on reaching the handler. */
export const TARGET_OPTIONS = {
  header: repeated('header', "add a request header, 'Name: value'; repeatable", parseHeader, 'H'),
  secretEnv: value('name', 'the variable with the secret (default: CALLBELL_WEBHOOK_SECRET)', parseVariable),
  nextSecretEnv: value('name', 'the variable with the second secret of a rotation', parseVariable),
  yes: flag('test another machine than this one', 'y'),
  ca: value('file', 'trust the certificates in this PEM file, too', parsePath),
  insecure: flag('trust every certificate'),
  timeout: value('duration', 'the longest time for one answer (default: 10s)', parseTimeout),
  budget: value('duration', 'slower answers fail answer-time (default: 2s)', parseTimeout),
  settle: value('duration', 'the longest time a state may take to show (default: 2s)', parseTimeout),
  readyTimeout: value('duration', 'the longest time until the app answers (default: 30s)', parseTimeout),
  rounds: value('number', 'how often a race is tried (default: 10)', parseWholeNumber(1, 1000)),
} as const;

/** Options on output and reports. */
export const OUTPUT_OPTIONS = {
  report: repeated('file', 'write results to x.xml (JUnit), x.md or x.ndjson; repeatable', parseReport),
  json: flag('one case a line, then the verdict, as JSON'),
  quiet: flag('the failed cases and the verdict only', 'q'),
  verbose: flag("show the app's own output", 'v'),
} as const;

/** All options of `conformance`. */
export const CONFORMANCE_OPTIONS = {
  ...CASE_OPTIONS,
  ...PROBE_OPTIONS,
  ...TARGET_OPTIONS,
  ...OUTPUT_OPTIONS,
} as const;

/** The flags of `conformance`. */
export type ConformanceFlags = FlagsOf<typeof CONFORMANCE_OPTIONS>;

/** The forms of a report, by the ending of its name. */
const REPORT_ENDINGS = ['.xml', '.md', '.ndjson'] as const;

function parseCases(text: string, previous: readonly CaseId[] = []): CaseId[] {
  return [...previous, ...parseList(text).map((name) => named(name, 'case', CASE_IDS))];
}

function parseGroups(text: string, previous: readonly CaseGroup[] = []): CaseGroup[] {
  return [...previous, ...parseList(text).map((name) => named(name, 'group', CASE_GROUPS))];
}

function named<Name extends string>(text: string, noun: string, names: readonly Name[]): Name {
  const found = names.find((each) => each === text);
  if (found === undefined) throw unknownName(text, noun, names);
  return found;
}

function parseText(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('It takes a command.');
}

/** A URL, or a path at the handler's own origin. */
function parseProbe(text: string): string {
  if (/^(?:\/|https?:\/\/)/.test(text)) return text;
  throw new InvalidArgumentError('It takes a path like /messages/{uuid}, or a URL.');
}

function parseKeyPath(text: string): string[] {
  const keys = parseKeys(text);
  if (keys !== undefined) return keys.map(String);
  throw new InvalidArgumentError('It takes a path like data.status or rows[0].state.');
}

function parseStates(text: string, previous: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const states = new Map(previous);
  for (const pair of parseList(text)) {
    const at = pair.lastIndexOf('=');
    const word = pair.slice(0, at).trim().toLowerCase();
    if (at < 1 || word === '')
      throw new InvalidArgumentError('It takes pairs like queued=enqueued,done=read.');
    states.set(word, named(pair.slice(at + 1).trim(), 'status', MESSAGE_STATUSES));
  }
  return states;
}

function parseReport(text: string, previous: readonly string[] = []): string[] {
  if (REPORT_ENDINGS.some((ending) => text.endsWith(ending))) return [...previous, text];
  throw new InvalidArgumentError(`Its ending says the form: ${REPORT_ENDINGS.join(', ')}.`);
}
