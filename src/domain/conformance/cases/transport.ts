import type { ConformanceCase, TestMessage, TestRequest, Trial } from '../case.ts';
import { plainRequest } from '../request.ts';

const DEEP = 10_000;

/** Bodies that are no JSON, or no object. */
const MALFORMED: readonly (readonly [label: string, body: string | Uint8Array])[] = [
  ['truncated', '{"event":"message_status_updated","payload":{"uuid":"'],
  ['[]', '[]'],
  ['null', 'null'],
  ['1', '1'],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['nested deeply', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`],
];

/** Delivers `read` of a new message in a way of its own; it must be accepted and end right. */
async function deliverRead(trial: Trial, changes: Partial<TestRequest>, name?: string): Promise<void> {
  const message = await trial.message();
  const event = message.event('read');
  if (name !== undefined) event.payload.contact = { ...Object(event.payload.contact), name };
  await trial.deliver(message.request(event, changes));
  await trial.expectEnd([message]);
}

/** Finds the offset in the middle of a character that takes several bytes. */
function insideOf(body: Uint8Array, character: string): number {
  const at = Buffer.from(body.buffer, body.byteOffset, body.length).indexOf(character);
  return at + Math.floor(Buffer.byteLength(character) / 2);
}

/** Cases on how the bytes come. */
export const TRANSPORT_CASES = {
  'malformed-json': {
    group: 'transport',
    level: 'recommended',
    needs: [],
    title: 'a body that is no JSON is answered, and not with 5xx',
    why: 'anybody can post to a public URL; an exception there is noise at best, the end of the process at worst.',
    fix: 'catch the error of the parser and answer 400',
    sources: ['symfony/symfony#65772', 'YosemiteCrew/Yosemite-Crew#2745', 'ansible/event-driven-ansible#156'],
    run: async (trial) => {
      for (const [label, body] of MALFORMED) {
        const { httpStatus, failure } = await trial.send(plainRequest(label, body));
        trial.check(httpStatus !== undefined && httpStatus < 500, {
          level: 'recommended',
          expected: `${label}: 4xx (2xx is fine)`,
          got: String(httpStatus ?? failure),
        });
      }
    },
  },
  'content-type': {
    group: 'transport',
    level: 'required',
    needs: [],
    title: 'the content type may have parameters and capitals',
    why: 'media types have no case, and a charset is usual.',
    fix: 'parse the media type, or take the body whatever it says',
    sources: ['jenkinsci/generic-webhook-trigger-plugin#226', 'aws/chalice#306', 'soxtoby/SlackNet#229'],
    run: async (trial) => {
      for (const value of ['application/json; charset=utf-8', 'Application/JSON']) {
        await deliverRead(trial, { label: value, headers: [{ name: 'content-type', value }] });
      }
      const message = await trial.message();
      const answer = await trial.send(
        message.request('read', { label: 'no content type', without: ['content-type'] }),
      );
      trial.expectAccepted([answer], { level: 'recommended' });
    },
  },
  chunked: {
    group: 'transport',
    level: 'recommended',
    needs: [],
    title: 'a chunked body without a length is read',
    why: 'a proxy or a tunnel may pass it on so; some servers then see an empty body.',
    fix: 'use a server that reads chunked bodies; do not trust Content-Length',
    sources: ['pallets/flask#2229', 'openfaas/python-flask-template#5'],
    run: (trial) => deliverRead(trial, { label: 'read, chunked', transport: 'chunked' }),
  },
  'split-character': {
    group: 'transport',
    level: 'required',
    needs: [],
    title: 'a character split between two packets stays whole',
    why: 'body += chunk decodes each packet alone: the name is damaged, and the signature no longer fits.',
    fix: 'collect the chunks as bytes and decode them once',
    sources: ['inngest/inngest-js#1460', 'screwdriver-cd/screwdriver#3381', 'octokit/webhooks.js#938'],
    run: async (trial) => {
      const messages: TestMessage[] = [];
      for (const character of ['é', '👍']) {
        const message = await trial.message();
        const event = message.event('read');
        event.payload.contact = { ...Object(event.payload.contact), name: `Ren${character}` };
        const request = message.request(event, { label: `read, "${character}" split` });
        await trial.deliver({ ...request, transport: { splitAt: insideOf(request.body, character) } });
        messages.push(message);
      }
      await trial.expectEnd(messages);
    },
  },
  compressed: {
    group: 'transport',
    level: 'recommended',
    needs: [],
    title: 'a compressed body is read, or refused with 415',
    why: 'Callbell is not known to compress; a gateway in between may.',
    fix: 'unpack Content-Encoding: gzip, or answer 415',
    sources: ['assumed'],
    run: async (trial) => {
      const message = await trial.message();
      const answer = await trial.send(
        message.request('read', {
          label: 'read, gzip',
          headers: [{ name: 'content-encoding', value: 'gzip' }],
        }),
      );
      trial.check(answer.isAccepted || answer.httpStatus === 415, {
        expected: '2xx or 415',
        got: String(answer.httpStatus ?? answer.failure),
      });
      if (answer.isAccepted) await trial.expectEnd([message]);
    },
  },
  large: {
    group: 'transport',
    level: 'required',
    needs: [],
    title: 'an event of 16 kB is accepted',
    why: 'full metadata and contact make several kB; body parsers with small limits answer 413.',
    fix: 'set the limit of the body parser to 1 MB',
    sources: ['Shopify/shopify-app-js#233', 'cloud-gov/pages-core#866'],
    run: async (trial) => {
      await deliverRead(trial, { label: 'read, 16 kB' }, 'x'.repeat(16_000));
      const message = await trial.message();
      const event = message.event('read');
      event.payload.contact = { ...Object(event.payload.contact), note: 'x'.repeat(150_000) };
      const answer = await trial.send(message.request(event, { label: 'read, 150 kB' }));
      trial.expectAccepted([answer], { level: 'recommended' });
    },
  },
  'slow-sender': {
    group: 'transport',
    level: 'recommended',
    needs: [],
    title: 'a slow sender does not hold up the others',
    why: 'a server with one thread answers nobody while it waits for the rest of a body.',
    fix: 'use an asynchronous server, or several workers',
    sources: ['single-threaded servers'],
    run: async (trial) => {
      const slow = await trial.message();
      const others = await Promise.all(Array.from({ length: 5 }, () => trial.message()));
      const [slowLane, ...rest] = await trial.sendLanes(
        [
          [slow.request('read', { label: 'read, slowly', transport: 'slow' })],
          ...others.map((each) => [each.request('read')]),
        ],
        6,
      );
      const slowest = Math.max(...rest.flat().map(({ ms }) => ms));
      trial.expectAccepted(rest.flat(), { level: 'recommended' });
      trial.check(slowest <= trial.budgetMs, {
        expected: `the others within ${trial.budgetMs} ms`,
        got: `${Math.round(slowest)} ms`,
      });
      const first = slowLane?.[0];
      const status = first?.httpStatus ?? 0;
      trial.check(status > 0 && status < 500, {
        expected: 'an answer to the slow one, not 5xx',
        got: String(first?.httpStatus ?? first?.failure),
      });
    },
  },
} as const satisfies Record<string, ConformanceCase>;
