import { FAILURE_ADVICE_ORIGIN, failureAdvice } from './failure-advice.ts';
import { FAILURE_CATALOGUE } from './failure-catalogue.ts';
import { type FailureFact, isAbout, type Origin } from './failures.ts';
import { nearest } from './nearest.ts';
import { MESSAGE_STATUSES, type MessageStatus, STATUS_FACTS, type StatusFacts } from './status.ts';
import { STATUS_ADVICE, type StatusAdvice } from './status-advice.ts';
import type { ProblemCode, Severity } from './validate/problem.ts';
import type { RulePage } from './validate/rule-page.ts';
import { RULE_PAGES } from './validate/rule-pages.ts';
import { RULES } from './validate/rules.ts';

/** What is known of a topic: a union on `topic`. */
export type Explanation =
  | ({
      readonly topic: 'status';
      readonly name: MessageStatus;
      /** The problems that events of this status have. */
      readonly problems: readonly ProblemCode[];
    } & StatusFacts &
      StatusAdvice)
  | {
      readonly topic: 'failure';
      readonly name: string;
      readonly facts: readonly FailureFact[];
      /** What to do about it, where more is known than its text. */
      readonly advice?: string;
      /** How the advice is known; there where it is. */
      readonly adviceOrigin?: Origin;
    }
  | ({ readonly topic: 'problem'; readonly name: ProblemCode; readonly severity: Severity } & Pick<
      RulePage,
      'explanation' | 'source' | 'shown'
    >);

/** Explains a status, a failure code or the code of a problem; undefined where there is none of that name. */
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
  const code = /^(?:0|[1-9]\d{0,8})$/.test(name) ? Number(name) : Number.NaN;
  const facts = FAILURE_CATALOGUE.filter((fact) => isAbout(fact, code));
  if (facts.length === 0) return undefined;
  const advice = failureAdvice(code);
  return {
    topic: 'failure',
    name: String(code),
    facts,
    ...(advice !== undefined && { advice, adviceOrigin: FAILURE_ADVICE_ORIGIN }),
  };
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

/** All that can be explained, by kind. */
export function explainableTopics(): Readonly<Record<Explanation['topic'], readonly string[]>> {
  const codes = [...new Set(FAILURE_CATALOGUE.map(({ code }) => code))].sort((a, b) => a - b);
  return { status: MESSAGE_STATUSES, failure: codes.map(String), problem: Object.keys(RULES) };
}

/** The topics that were probably meant: the one that is spelt nearly so, or those whose name has the word in it. */
export function nearestTopics(name: string): readonly string[] {
  const { status, failure, problem } = explainableTopics();
  // A number that differs in one digit is another code, not a misspelt one.
  if (/^\d+$/.test(name)) return [];
  const topics = [...status, ...problem, ...failure];
  const spelt = nearest(name, topics);
  if (spelt !== undefined) return [spelt];
  const word = name.toLowerCase();
  return word.length < SHORTEST_WORD
    ? []
    : topics.filter((topic) => topic.includes(word)).slice(0, MOST_TOPICS);
}

const SHORTEST_WORD = 3;
const MOST_TOPICS = 6;
