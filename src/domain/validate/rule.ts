import type { Severity } from './problem.ts';

/** What a kind of problem is called and how bad it is; its page (`rule-page.ts`) explains it at length. */
interface Rule<Details> {
  readonly severity: Severity;
  describe(details: Details): string;
}

/** A rule for each of a group of problems; a code without one does not compile. */
export type RulesFor<Problems> = { readonly [Code in keyof Problems]: Rule<Problems[Code]> };
