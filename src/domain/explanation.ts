import type { ConformanceCase } from './conformance/case.ts';
import { CASE_IDS, type CaseId, caseOf } from './conformance/cases.ts';
import { type FailureOrigin, notesOnFailure } from './failure-notes.ts';
import { type FailureFact, failureCodes, failuresOfCode } from './failures.ts';
import { GLOSSARY, type GlossaryEntry } from './glossary.ts';
import { nearest } from './nearest.ts';
import { MESSAGE_STATUSES, type MessageStatus, STATUS_FACTS, type StatusFacts } from './status.ts';
import { STATUS_ADVICE, type StatusAdvice } from './status-advice.ts';
import { suggestStatus } from './status-synonyms.ts';
import type { ProblemCode, Severity } from './validate/problem.ts';
import type { RulePage } from './validate/rule-page.ts';
import { RULE_PAGES } from './validate/rule-pages.ts';
import { RULES } from './validate/rules.ts';

/** A failure with its advice, its other texts, and how each fact about it is known. */
export interface ExplainedFailure extends FailureFact {
  readonly advice: string;
  readonly texts: readonly string[];
  readonly origins: readonly FailureOrigin[];
}

/** What is known of a topic: a union on `topic`. */
export type Explanation =
  | ({
      readonly topic: 'status';
      readonly name: MessageStatus;
      /** Problems that events of this status have. */
      readonly problems: readonly ProblemCode[];
    } & StatusFacts &
      StatusAdvice)
  | {
      readonly topic: 'failure';
      readonly name: string;
      /** Meanings of the code, one for each number space. */
      readonly facts: readonly ExplainedFailure[];
    }
  | ({ readonly topic: 'problem'; readonly name: ProblemCode; readonly severity: Severity } & Pick<
      RulePage,
      'explanation' | 'source' | 'shown'
    >)
  | ({ readonly topic: 'word'; readonly name: string } & GlossaryEntry)
  | ({ readonly topic: 'case'; readonly name: CaseId } & Pick<
      ConformanceCase,
      'group' | 'level' | 'needs' | 'title' | 'why' | 'fix' | 'sources'
    >);

/** Explains a status, a failure code, a word or the code of a problem; undefined where there is none of that name. */
export function explainTopic(name: string): Explanation | undefined {
  const status = MESSAGE_STATUSES.find((each) => each === name);
  if (status !== undefined) {
    return {
      topic: 'status',
      name: status,
      ...STATUS_FACTS[status],
      ...STATUS_ADVICE[status],
      problems: STATUS_PROBLEMS[status],
    };
  }
  if (Object.hasOwn(RULES, name)) {
    const code = name as ProblemCode;
    const { explanation, source, shown } = RULE_PAGES[code];
    return { topic: 'problem', name: code, severity: RULES[code].severity, explanation, source, shown };
  }
  const entry = Object.hasOwn(GLOSSARY, name) ? GLOSSARY[name] : undefined;
  if (entry !== undefined) return { topic: 'word', name, ...entry };
  const id = CASE_IDS.find((each) => each === name);
  if (id !== undefined) {
    const { run: _run, ...facts } = caseOf(id);
    return { topic: 'case', name: id, ...facts };
  }
  const code = /^(?:0|[1-9]\d{0,8})$/.test(name) ? Number(name) : Number.NaN;
  const facts = failuresOfCode(code).map((fact) => ({ ...fact, ...notesOnFailure(fact) }));
  return facts.length === 0 ? undefined : { topic: 'failure', name, facts };
}

const STATUS_PROBLEMS: Readonly<Record<MessageStatus, readonly ProblemCode[]>> = {
  enqueued: ['late-status', 'repeated-status'],
  sent: ['late-status', 'repeated-status', 'time-falls'],
  delivered: ['late-status', 'repeated-status', 'time-falls'],
  read: ['repeated-status', 'time-falls'],
  failed: ['missing-failure-reason', 'missing-failure-code', 'unknown-failure-code', 'status-after-failed'],
  mismatch: ['missing-correction', 'useless-correction'],
  deleted: ['deprecated-status'],
};

/** Returns all that can be explained, by kind. */
export function explainableTopics(): Readonly<Record<Explanation['topic'], readonly string[]>> {
  return {
    status: MESSAGE_STATUSES,
    failure: failureCodes().map(String),
    problem: Object.keys(RULES),
    word: Object.keys(GLOSSARY),
    case: CASE_IDS,
  };
}

/** Returns the topics that were probably meant: the one that is spelt nearly so, or those whose name has the word in it. */
export function nearestTopics(name: string): readonly string[] {
  const { status, failure, problem, word: words, case: cases } = explainableTopics();
  // A number that differs in one digit is another code, not a misspelt one.
  if (/^\d+$/.test(name)) return [];
  const meant = suggestStatus(name);
  if (meant !== undefined) return [meant];
  const topics = [...status, ...problem, ...words, ...cases, ...failure];
  const spelt = nearest(name, topics);
  if (spelt !== undefined) return [spelt];
  const word = name.toLowerCase();
  return word.length < SHORTEST_WORD
    ? []
    : topics.filter((topic) => topic.includes(word)).slice(0, MOST_TOPICS);
}

const SHORTEST_WORD = 3;
const MOST_TOPICS = 6;
