import { expect, it } from 'vitest';
import { sourceNodes } from './syntax.ts';

/**
 * Calls that spread an array into their arguments, and why each array is short. The arguments of a call are on
 * the stack: an array of 130,000 elements from outside exhausts it.
 */
const BOUNDED: readonly (readonly [code: string, why: string])[] = [
  ['Math.max(...bars.map(', 'bars of a drawing, eight at most'],
  ['Math.max(...labels.map(', 'labels of these bars'],
  ['notifications.push(...notificationsOf(', 'two for a file at most'],
  ['output.print(...jsonArrival(', 'three parts of a line'],
  ['Math.max(...sizes)', 'sizes of scenarios'],
  ['write(...values)', 'arguments of one call, passed on'],
  ['callback(...result)', 'arguments of one call, passed on'],
  ['Math.min(...ends)', 'two ends at most'],
  ['input.linesAround(...place)', 'two numbers'],
  ['Math.max(...options.stories.map(', 'scenarios that were asked for'],
  ['Math.max(...steps.map(', 'steps of one scenario'],
  ['exampleLines(...', 'examples of the documentation'],
  ['exampleEvent(', 'changes to an example of the documentation'],
  ['trial.deliver(...', 'events of one case of conformance'],
  ['Math.max(...rest.flat()', 'answers of one case of conformance'],
  ['results.push(...(await Promise.all(items.slice(', 'a batch of concurrent reads'],
  ['lines.push(...detailLines(', 'lines on one case of conformance'],
  ['notes.push(...facts.flatMap(', 'facts of the catalogue of failures'],
  ['...TIME_PATHS[provider])', 'two keys'],
  ['copy.splice(index, 1, ...', 'one element at most'],
  ['Math.min(...moments)', 'a moment for each status'],
  ['...whatsappIdPath)', 'two keys'],
];

it('no array from outside is spread into the arguments of a call', () => {
  const spreading: string[] = [];
  for (const { node, place, code } of sourceNodes()) {
    const { type, arguments: given } = node as { type: string; arguments?: readonly { type: string }[] };
    if (!/^(?:Call|New)Expression$/.test(type)) continue;
    if (!given?.some((each) => each.type === 'SpreadElement')) continue;
    if (!BOUNDED.some(([known]) => code.includes(known))) spreading.push(`${place} ${code}`);
  }
  expect(spreading).toEqual([]);
});
