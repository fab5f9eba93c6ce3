import { visible } from '../ui/visible.ts';

/** So many files are named. */
const NAMED_MOST = 5;

/** Counts the files of folders that are passed over, and keeps the names of the first. */
export class PassedOverFiles {
  #count = 0;
  readonly #named: { readonly file: string; readonly why: string }[] = [];

  get count(): number {
    return this.#count;
  }

  /** The first of them. */
  get named(): readonly { readonly file: string; readonly why: string }[] {
    return this.#named;
  }

  readonly add = (file: string, why: string): void => {
    this.#count += 1;
    if (this.#named.length < NAMED_MOST) this.#named.push({ file, why });
  };

  /** One line that names them; empty where there are none. */
  text(): string {
    if (this.#count === 0) return '';
    const names = this.#named.map(({ file, why }) => `${visible(file)} (${why})`).join(', ');
    const more = this.#count - this.#named.length;
    return `passed over: ${names}${more === 0 ? '' : ` and ${more} more`}\n`;
  }
}
