import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/domain/delivery/delivery.ts';
import { formatDelivery } from '../../src/ui/delivery-line.ts';
import { createStyle } from '../../src/ui/style.ts';
import { captureOf } from '../support/captures.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFile } from '../support/files.ts';
import { startReceiver } from '../support/receiver.ts';

const style = await createStyle(0);
const DELIVERY: Delivery = {
  n: 1,
  source: 'a-folder/another-folder/captured.ndjson:12',
  uuid: 'adf3d1216d4c4dcd908199d6700f2381',
  status: 'delivered',
  url: 'http://localhost:3000/',
  outcome: 'accepted',
  httpStatus: 200,
  ms: 1.234,
  attempts: 1,
};

describe('formatDelivery', () => {
  it('cuts the source at its beginning, and puts below what finds no room', () => {
    const odd: Delivery = { ...DELIVERY, httpStatus: 204, warning: 'not-200', attempts: 3 };
    const refused: Delivery = {
      ...DELIVERY,
      outcome: 'refused',
      httpStatus: 401,
      reason: 'answered 401: does it verify signatures, with the same secret?',
    };
    const shown = [60, 200].flatMap((width) =>
      [DELIVERY, odd, refused].map((each) => formatDelivery(each, { width, style })),
    );
    expect(shown.join('')).toMatchInlineSnapshot(`
      "accepted     delivered  adf3d121  200    1.2 ms  ….ndjson:12
      accepted     delivered  adf3d121  204    1.2 ms  ….ndjson:12
                   └ 3 attempts  ! Callbell may count only 200 as
                     success
      refused      delivered  adf3d121  401    1.2 ms  ….ndjson:12
                   └ answered 401: does it verify signatures, with
                     the same secret?
      accepted     delivered  adf3d121  200    1.2 ms  a-folder/another-folder/captured.ndjson:12
      accepted     delivered  adf3d121  204    1.2 ms  a-folder/another-folder/captured.ndjson:12  3 attempts  ! Callbell may count only 200 as success
      refused      delivered  adf3d121  401    1.2 ms  a-folder/another-folder/captured.ndjson:12
                   └ answered 401: does it verify signatures, with the same secret?
      "
    `);
  });

  it('never makes a line wider than the terminal, and loses no word of a sentence', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 80 });
    const delivery: fc.Arbitrary<Delivery> = fc.record({
      n: fc.nat(),
      source: text,
      uuid: text,
      status: text,
      url: text,
      outcome: fc.constantFrom('accepted', 'refused', 'unreachable'),
      httpStatus: fc.integer({ min: 100, max: 599 }),
      ms: fc.double({ min: 0, max: 1e6, noNaN: true }),
      attempts: fc.integer({ min: 1, max: 1001 }),
      reason: fc.lorem({ maxCount: 30 }),
      responseBody: text,
    });
    const warning = fc.constantFrom({}, { warning: 'not-200' as const });
    fc.assert(
      fc.property(delivery, warning, fc.integer({ min: 60, max: 200 }), (fact, more, width) => {
        const lines = formatDelivery({ ...fact, ...more }, { width, style }).split('\n');
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        const words = lines.slice(1).join(' ').replace(/\s+/g, ' ');
        expect(words).toContain(fact.reason);
      }),
    );
  });
});

it.each([
  ['replay', (url: string) => ['replay', temporaryFile(captureOf(30)), '--to', url]],
  ['simulate', (url: string) => ['simulate', '-s', 'sent', '-n', '30', '--to', url]],
])('nothing that %s prints wraps in a terminal of 60 columns', async (_name, argv) => {
  const receiver = await startReceiver((response, n) =>
    response.writeHead(n % 3 === 0 ? 401 : 200 + (n % 3)).end('x'.repeat(300)),
  );
  const { stdout } = await runCli(argv(receiver.url), {
    terminal: true,
    columns: 60,
    variables: { NO_COLOR: '1' },
  });
  expect(stdout).toContain('▇');
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
});
