import type { ForwardResult } from '../../domain/arrival/arrival.ts';
import { shownTarget } from '../../domain/arrival/forward-url.ts';

/** Where the requests that a target gave no answer to can be delivered again with one command. */
export type ReplayUrl = 'nothing-lost' | 'several-targets' | { readonly url: string };

/** Follows which requests got no answer of a target. Keeps no more than what their URLs have in common. */
export class LostForwards {
  readonly #targets: readonly URL[];
  #lostAt: number | undefined;
  #isOfSeveral = false;
  #commonUrl = '';

  constructor(targets: readonly URL[]) {
    this.#targets = targets;
  }

  /** @param results one for each target, in their order */
  add(results: readonly ForwardResult[]): void {
    results.forEach(({ outcome, url }, index) => {
      if (outcome !== 'unreachable') return;
      if (this.#lostAt === undefined) {
        this.#lostAt = index;
        this.#commonUrl = url;
      } else if (this.#lostAt !== index) this.#isOfSeveral = true;
      else if (this.#commonUrl !== url) this.#commonUrl = this.#withoutDifference(url, index);
    });
  }

  get replayUrl(): ReplayUrl {
    if (this.#lostAt === undefined) return 'nothing-lost';
    return this.#isOfSeveral ? 'several-targets' : { url: this.#commonUrl };
  }

  /** A target with a path is asked at that path; of a bare host the paths may be the same, or only the host is. */
  #withoutDifference(url: string, index: number): string {
    const target = this.#targets[index];
    if (target !== undefined && target.pathname !== '/') return shownTarget(target);
    const [path = ''] = url.split('?', 1);
    const [commonPath] = this.#commonUrl.split('?', 1);
    return path === commonPath ? path : `${target?.origin}/`;
  }
}
