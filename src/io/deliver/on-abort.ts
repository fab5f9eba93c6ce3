/** Calls back when a signal is aborted, also where it was before; gives what ends that. */
export function onAbort(signal: AbortSignal, call: () => void): () => void {
  if (signal.aborted) call();
  signal.addEventListener('abort', call, { once: true });
  return () => signal.removeEventListener('abort', call);
}
