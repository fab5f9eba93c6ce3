import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { startCli } from '../support/cli.ts';
import { minimalEvent } from '../support/events.ts';
import { startReceiver } from '../support/receiver.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => minimalEvent(digit.repeat(32), 'read')) as [
  string,
  string,
  string,
];

it.each([
  ['in two chunks', [`${A}\n`, B, '\n'], [A, B]],
  ['whose end is at the beginning of the next chunk', [`${A}\n${B}`, `\n${C}`], [A, B]],
  ['in many chunks, and the first', [...A, '\n', ...B, '\n', C.slice(0, 9)], [A, B]],
])('delivers a line of a standard input that goes on, %s', async (_name, chunks, bodies) => {
  const receiver = await startReceiver();
  const stdin = new PassThrough({ highWaterMark: 1 });
  const run = startCli(['replay', '-', '--to', receiver.url, '--json'], { stdin });
  for (const chunk of chunks) {
    await new Promise<void>((resolve) => {
      if (stdin.write(chunk)) resolve();
      else stdin.once('drain', resolve);
    });
  }
  await run.stdout.until(/"n":2\b/);
  expect(receiver.requests.map(({ body }) => body.toString())).toEqual(bodies);
  run.interrupt();
  expect(await run.exitCode).toBe(130);
});
