import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Arrival, ForwardResult } from '../../src/domain/arrival/arrival.ts';
import { inspectRequest } from '../../src/domain/arrival/inspector.ts';
import { MessageHistories } from '../../src/domain/arrival/message-histories.ts';
import type { MessageStatus } from '../../src/domain/status.ts';
import { formatArrival } from '../../src/ui/arrival-line.ts';
import { createStyle } from '../../src/ui/style.ts';
import { visible } from '../../src/ui/visible.ts';
import { NOW } from '../support/cli.ts';
import { sampleEvent } from '../support/events.ts';

const style = await createStyle(0);

/** Arrivals of one message, one second apart. */
function arrivalsOf(statuses: readonly MessageStatus[], change: Partial<Arrival> = {}): Arrival[] {
  const histories = new MessageHistories();
  return statuses.map((status, index) => {
    const receivedMilliseconds = Date.parse('2026-01-31T14:03:00.000Z') + index * 1000;
    const body = { text: JSON.stringify(sampleEvent(status)) };
    const inspection = inspectRequest('POST', body, new Date(NOW));
    return {
      n: index + 1,
      receivedAt: new Date(receivedMilliseconds).toISOString(),
      method: 'POST',
      path: '/',
      headers: {},
      body: Buffer.from(body.text),
      signature: 'unchecked',
      answered: 200,
      ms: 1.234,
      ...inspection,
      ...histories.follow(inspection, receivedMilliseconds),
      ...change,
    };
  });
}

const show = (arrival: Arrival, width: number): string =>
  formatArrival(arrival, { width, style, verbose: false, isRepeated: false });
const last = (arrivals: readonly Arrival[]): Arrival => arrivals.at(-1) as Arrival;

/** What a target made of an event. */
const forwardOf = (httpStatus: number): ForwardResult => ({
  url: 'http://a/',
  outcome: 'accepted',
  httpStatus,
  ms: 3,
});

describe('formatArrival', () => {
  it('says what changed in the line where there is room, and below where there is none', () => {
    const [first, read, sent] = arrivalsOf(['enqueued', 'read', 'sent'], {
      uuid: 'adf3d1216d4c4dcd908199d6700f2381',
      phone: '447700900123',
    }) as [Arrival, Arrival, Arrival];
    const lines = [show(first, 120), show(read, 120), show(sent, 120), show(read, 60)].join('');
    expect(lines).toMatchInlineSnapshot(`
      "14:03:00.000  enqueued   adf3d121  447700900123                                                             200   1.2 ms
      14:03:01.000  read       adf3d121  447700900123   +1s  sent, delivered skipped                              200   1.2 ms
      14:03:02.000  sent       adf3d121  447700900123   +1s  late                                                 200   1.2 ms
      14:03:01 read      adf3d121 447700900123  +1s    200  1.2 ms
        └ sent, delivered skipped
      "
    `);
  });

  it.each([
    ['a failure', last(arrivalsOf(['failed'])), /1002 .*WhatsApp/],
    ['a correction', last(arrivalsOf(['mismatch'])), /corrected to \d+/],
    ['a duplicate', last(arrivalsOf(['read', 'read'])), /duplicate/],
    ['a status after failed', last(arrivalsOf(['failed', 'delivered'])), /after failed/],
    ['an answer that Callbell may not count', last(arrivalsOf(['read'], { answered: 201 })), /only 200/],
    [
      'no answer',
      last(arrivalsOf(['read'], { answered: null, onPurpose: ['reset'] })),
      /reset on purpose.* - /,
    ],
    [
      'a signature',
      last(arrivalsOf(['read'], { signature: 'stale', signatureReason: 'old' })),
      /signature stale[\s\S]*old/,
    ],
    [
      'what several targets answered',
      last(arrivalsOf(['read'], { forwards: [forwardOf(200), forwardOf(204)] })),
      /→ 200 3\.0 ms {2}→ 204 3\.0 ms/,
    ],
    [
      'what the target answered, where the sender got something else',
      last(arrivalsOf(['read'], { answered: 500, onPurpose: ['respond'], forwards: [forwardOf(200)] })),
      /answered on purpose {2}→ 200/,
    ],
    [
      'no answer of the target',
      last(
        arrivalsOf(['read'], {
          answered: 502,
          forwards: [{ url: 'http://a/', outcome: 'unreachable', ms: 3 }],
        }),
      ),
      /→ no answer/,
    ],
    ['an event sent again', last(arrivalsOf(['read', 'read'], { resentAfter: 500 })), /again after 500/],
    [
      'an event sent again after none',
      last(arrivalsOf(['read', 'read'], { resentAfter: null })),
      /again after no answer/,
    ],
    [
      'the words of a page in HTML',
      last(
        arrivalsOf(['read'], {
          answered: 404,
          forwards: [
            {
              ...forwardOf(404),
              outcome: 'refused',
              responseBody:
                '<!DOCTYPE html>\n<html><head><title>Error</title></head><body><pre>Cannot POST /it&#39;s</pre></body></html>',
            },
          ],
        }),
      ),
      /└ Cannot POST \/it's\n.*└ it was asked for http:\/\/a\//,
    ],
    [
      'that a signature was right here, where the target refuses it',
      last(
        arrivalsOf(['read'], {
          answered: 401,
          signature: 'verified',
          forwards: [{ ...forwardOf(401), outcome: 'refused' }],
        }),
      ),
      /└ the signature was right here/,
    ],
  ])('shows %s', (_name, arrival, expected) => {
    expect(show(arrival, 140)).toMatch(expected);
  });

  it('is never wider than the terminal, whatever is in it, and shows nothing raw', () => {
    const text = fc.string({ unit: 'binary', maxLength: 120 });
    const statuses = fc.array(fc.constantFrom<MessageStatus>('sent', 'read', 'failed', 'mismatch'), {
      minLength: 1,
      maxLength: 4,
    });
    const facts = fc.record({
      phone: text,
      uuid: text,
      name: text,
      reason: text,
      answer: text,
      width: fc.integer({ min: 13, max: 200 }),
      ms: fc.double({ min: 0, max: 1e7, noNaN: true }),
      verbose: fc.boolean(),
      isRepeated: fc.boolean(),
      isUnreadable: fc.boolean(),
    });
    fc.assert(
      fc.property(
        statuses,
        facts,
        (sequence, { phone, uuid, name, reason, answer, width, verbose, isRepeated, isUnreadable, ms }) => {
          const forward = {
            url: 'http://a/',
            outcome: 'refused',
            httpStatus: 500,
            ms: 31,
            reason,
            responseBody: answer,
          } as const;
          const arrival = last(
            arrivalsOf(sequence, {
              phone,
              uuid,
              name,
              ms,
              path: reason,
              signatureReason: answer,
              forwards: [forward],
              ...(isUnreadable && inspectRequest('POST', { text: `{"a": ${answer}` }, new Date(NOW))),
            }),
          );
          const shown = formatArrival(arrival, { width, style, verbose, isRepeated });
          expect(shown.endsWith('\n')).toBe(true);
          for (const line of shown.slice(0, -1).split('\n')) {
            expect(stringWidth(line)).toBeLessThanOrEqual(width);
            expect(visible(line)).toBe(line);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('does not say again what the only target answered', () => {
    const [arrival] = arrivalsOf(['read'], { forwards: [forwardOf(200)] });
    expect(show(arrival as Arrival, 140)).not.toContain('→');
  });

  it.each([200, 100, 60, 53, 52, 48, 39, 38, 30, 29, 22, 21, 20, 13])(
    'has its status and its answer on the first line at %i columns',
    (width) => {
      const [arrival] = arrivalsOf(['delivered']);
      const [first = ''] = show(arrival as Arrival, width).split('\n');
      expect(first).toMatch(/delivered.* 200/);
      expect(stringWidth(first)).toBeLessThanOrEqual(width);
    },
  );

  it('aligns wide and combining characters', () => {
    const [arrival] = arrivalsOf(['read'], { phone: '王小明王小明王小明' });
    const [plain] = arrivalsOf(['read'], { phone: '447700900123' });
    const columnOfAnswer = (each: Arrival | undefined): number =>
      stringWidth(show(each as Arrival, 100).split('200')[0] ?? '');
    expect(columnOfAnswer(arrival)).toBe(columnOfAnswer(plain));
  });
});
