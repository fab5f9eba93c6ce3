import type { ProblemCode } from './problem.ts';
import type { RulePage } from './rule-page.ts';
import { EVENT_RULE_PAGES } from './rule-pages-event.ts';
import { FILE_RULE_PAGES } from './rule-pages-file.ts';
import { PROVIDER_RULE_PAGES } from './rule-pages-provider.ts';
import { SEQUENCE_RULE_PAGES } from './rule-pages-sequence.ts';

/** What is to be said of every kind of problem; a code without a page does not compile. */
export const RULE_PAGES: Readonly<Record<ProblemCode, RulePage>> = {
  ...FILE_RULE_PAGES,
  ...EVENT_RULE_PAGES,
  ...PROVIDER_RULE_PAGES,
  ...SEQUENCE_RULE_PAGES,
};
