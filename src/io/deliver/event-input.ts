/** The events of a run, read one at a time from whatever gives them. */
export class EventInput<Event> {
  readonly #iterator: AsyncIterator<Event> | Iterator<Event>;
  #hasEnded = false;

  constructor(events: AsyncIterable<Event> | Iterable<Event>) {
    this.#iterator =
      Symbol.asyncIterator in events ? events[Symbol.asyncIterator]() : events[Symbol.iterator]();
  }

  /** Whether there is nothing more to come: it was read to its end, or could not be. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The next event; undefined where there is none. Rejects with what the source throws. */
  async read(): Promise<Event | undefined> {
    try {
      const { done, value } = await this.#iterator.next();
      if (!done) return value;
    } catch (error) {
      this.#hasEnded = true;
      throw error;
    }
    this.#hasEnded = true;
    return undefined;
  }

  /**
   * Says that no more is wanted. Not waited for, because a reader that waits for its own input would make us wait
   * with it; and what it says of its closing changes nothing any more.
   */
  close(): void {
    if (!this.#hasEnded) Promise.resolve(this.#iterator.return?.()).catch(() => {});
  }
}
