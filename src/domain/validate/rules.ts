import type { ProblemDetails } from './problem-details.ts';
import type { RulesFor } from './rule.ts';
import { EVENT_RULES } from './rules-event.ts';
import { FILE_RULES } from './rules-file.ts';
import { PROVIDER_RULES } from './rules-provider.ts';
import { SEQUENCE_RULES } from './rules-sequence.ts';

/** Every kind of problem. */
export const RULES: RulesFor<ProblemDetails> = {
  ...FILE_RULES,
  ...EVENT_RULES,
  ...PROVIDER_RULES,
  ...SEQUENCE_RULES,
};
