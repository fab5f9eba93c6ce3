import { onTestFinished } from 'vitest';
import { type Listener, startListener } from '../../src/io/listen/listener.ts';
import type { ListenerOptions } from '../../src/io/listen/listener-options.ts';

/** Starts a listener of the library; it is closed when the test ends. */
export async function openListener(options: ListenerOptions = {}): Promise<Listener> {
  const listener = await startListener(options);
  onTestFinished(() => listener.close());
  return listener;
}

/** Posts a body; gives the status of the answer. */
export async function post(url: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', body, headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
