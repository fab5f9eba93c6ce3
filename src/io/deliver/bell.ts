/** Condition variable with a single waiter. Check your condition again after {@link wait}. */
export class Bell {
  #wake: (() => void) | undefined;

  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  ring(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
