import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonArrival } from '../../src/cli/listen/json.ts';
import type { Arrival } from '../../src/domain/arrival/arrival.ts';
import { inspectRequest } from '../../src/domain/arrival/inspector.ts';
import { isoTime } from '../../src/io/listen/iso-time.ts';
import { visibleJson } from '../../src/ui/visible-json.ts';
import { NOW, OBEYED } from '../support/cli.ts';

const TEXT = fc.string({ unit: 'binary' });

function arrivalOf(text: string, others: Partial<Arrival> = {}): Arrival {
  return {
    ...inspectRequest('POST', { text }, new Date(NOW)),
    n: 1,
    receivedAt: isoTime(0),
    method: 'POST',
    path: '/',
    headers: {},
    body: Buffer.from(text),
    signature: 'unchecked',
    answered: 200,
    ms: 0.1,
    ...others,
  };
}

const lineOf = (arrival: Arrival): string =>
  jsonArrival(arrival)
    .map((part) => Buffer.from(part).toString())
    .join('');

describe('a line of listen --json', () => {
  it('is one line of JSON that says what came, whatever came', () => {
    fc.assert(
      fc.property(TEXT, TEXT, TEXT, fc.json(), (path, method, phone, body) => {
        const line = lineOf(arrivalOf(body, { path, method, phone }));
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(JSON.parse(line)).toMatchObject({ path, method, phone, event: JSON.parse(body) });
      }),
    );
  });

  it('gives a program every character as it came, and a terminal none that it obeys', () => {
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      const shown = visibleJson(JSON.stringify(character));
      if (OBEYED.test(shown) || JSON.parse(shown) !== character) expect.fail(`U+${code.toString(16)}`);
      // Below U+0020 it cannot stand in JSON as it is.
      if (code < 0x20 || !OBEYED.test(character)) continue;
      const [line = ''] = lineOf(arrivalOf(`["${character}"]`)).split('\n');
      if (OBEYED.test(line)) expect.fail(`U+${code.toString(16)} in an event`);
    }
  });

  it('has the keys in one order, and those of what is absent not at all', () => {
    const line = JSON.parse(lineOf(arrivalOf('{"event":"contact_created","payload":{}}')));
    expect(Object.keys(line).join()).toBe(
      'type,n,receivedAt,method,path,kind,eventName,problems,signature,answered,ms,event',
    );
    expect(JSON.parse(lineOf(arrivalOf('', { answered: null }))).answered).toBeNull();
  });

  it('takes an event on several lines, or one that came packed, from its text', () => {
    const text = '{\r\n  "event": "contact_created",\n\n  "payload": {}\n}\n';
    const packed = { headers: { 'content-encoding': 'gzip' }, body: Buffer.from([0x1f, 0x8b]) };
    for (const others of [{}, packed]) {
      const line = lineOf(arrivalOf(text, others));
      expect(line.split('\n')).toHaveLength(2);
      expect(JSON.parse(line).event).toEqual(JSON.parse(text));
    }
  });
});
