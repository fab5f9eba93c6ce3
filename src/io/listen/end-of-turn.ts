let current: Promise<void> | undefined;

/** Resolves when the event loop has handled what it was woken for; one timer for all who wait in a turn. */
export function endOfTurn(): Promise<void> {
  current ??= new Promise((resolve) => {
    setImmediate(() => {
      current = undefined;
      resolve();
    });
  });
  return current;
}
