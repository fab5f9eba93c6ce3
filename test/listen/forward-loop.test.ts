import { describe, expect, it } from 'vitest';
import { startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { openListener, post } from '../support/listener.ts';
import { freePort, startReceiver } from '../support/receiver.ts';

const EVENT = minimalEvent('a'.repeat(32), 'read');

/** Starts listeners on those ports, each of which forwards to the next and the last to the first. */
async function circle(ports: readonly number[]) {
  return Promise.all(
    ports.map((port, index) => {
      const next = ports[(index + 1) % ports.length];
      return openListener({ port, forward: { targets: [new URL(`http://127.0.0.1:${next}/hook`)] } });
    }),
  );
}

describe('forwarding in a circle', () => {
  it.each([1, 2, 3, 7, 12])('of %i listeners ends with 508', async (size) => {
    const ports = await Promise.all(Array.from({ length: size }, freePort));
    const listeners = await circle(ports);
    const [first] = listeners;
    expect((await post(`${first?.url}/hook`, EVENT)).status).toBe(508);
    const arrivals = await Promise.all(
      listeners.map(async (listener) => {
        await listener.close();
        let count = 0;
        for await (const _arrival of listener.arrivals) count += 1;
        return count;
      }),
    );
    // Each had it once, and the first, or the ninth of a larger circle, once more or as the last.
    expect(arrivals.reduce((sum, count) => sum + count, 0)).toBe(Math.min(size, 8) + 1);
  });

  it('is said in a sentence', async () => {
    const [there, here] = [await freePort(), await freePort()];
    await openListener({ port: there, forward: { targets: [new URL(`http://127.0.0.1:${here}`)] } });
    const run = startCli(['listen', '--port', String(here), '-f', String(there)], { columns: 200 });
    await run.stderr.until(/listening/);
    await post(`http://127.0.0.1:${here}`, EVENT);
    run.interrupt();
    await run.exitCode;
    expect(run.stdout.text).toMatch(/refused .*passed on in a loop.* 508 /);
    expect(run.stdout.text).toContain('└ it has been here before: a target of --forward-to leads back');
    expect(run.stdout.text).toContain('1 passed on in a loop');
  });

  it('is no circle where a request passes through two listeners', async () => {
    const target = await startReceiver();
    const inner = await openListener({ forward: { targets: [new URL(target.url)] } });
    const outer = await openListener({ forward: { targets: [new URL(inner.url)] } });
    expect((await post(outer.url, EVENT)).status).toBe(200);
    expect(String(target.requests[0]?.headers['x-callbell-status-hop'])).toMatch(
      /^[0-9a-f]{16}, [0-9a-f]{16}$/,
    );
  });
});
