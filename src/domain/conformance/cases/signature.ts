import { SIGNATURE_HEADER } from '../../signature.ts';
import type { ConformanceCase, TestMessage, TestRequest, Trial } from '../case.ts';

const VERIFY = 'verify the HMAC over the raw bytes before anything parses them, and compare in constant time';

/** Signatures that must be refused, by name. */
const BAD: readonly (readonly [label: string, sign: (trial: Trial, request: TestRequest) => TestRequest])[] =
  [
    ['no signature', (_trial, request) => ({ ...request, signature: undefined })],
    ['another secret', (trial, request) => trial.signed(request, { secret: 'other' })],
    ['10 minutes old', (trial, request) => trial.signed(request, { offsetSeconds: -600 })],
    ['10 minutes ahead', (trial, request) => trial.signed(request, { offsetSeconds: 600 })],
    ['another body', (trial, request) => trial.signed(request, { body: Buffer.from(`${request.label} `) })],
  ];

/** Headers that are no signature at all. */
const GARBAGE: readonly (readonly [label: string, value: string])[] = [
  ['v1=abc', 't=1790000000,v1=abc'],
  ['t=x', 't=x,v1=00'],
  ['=', '='],
  ['empty', ''],
  ['8 kB', `t=1,v1=${'a'.repeat(8000)}`],
];

function withSignature(request: TestRequest, value: string, name: string = SIGNATURE_HEADER): TestRequest {
  return { ...request, signature: { name, value } };
}

/** Sends `delivered` after `sent` with bad signatures, a message each; all must be refused and change nothing. */
async function expectRefused(
  trial: Trial,
  signatures: readonly (readonly [label: string, sign: (request: TestRequest) => TestRequest])[],
): Promise<void> {
  const messages = await Promise.all(signatures.map(() => trial.message()));
  await trial.deliver(...messages.map((message) => message.request('sent')));
  await trial.expectEnd(messages, { isFinal: false });
  for (const [n, [label, sign]] of signatures.entries()) {
    const request = messages[n]?.request('delivered', { label, status: undefined });
    if (request === undefined) continue;
    const answer = await trial.send(sign(request));
    trial.check(!answer.isAccepted, { expected: `${label}: refused`, got: `${answer.httpStatus}` });
    trial.check(answer.isAccepted || answer.httpStatus === 401 || answer.httpStatus === 403, {
      level: 'recommended',
      expected: `${label}: 401`,
      got: String(answer.httpStatus ?? answer.failure),
    });
  }
  await trial.expectEnd(messages);
}

/** Cases on `X-Callbell-Signature`; they need the secret. */
export const SIGNATURE_CASES = {
  'signature-good': {
    group: 'signature',
    level: 'required',
    needs: ['secret'],
    title: 'a good signature is accepted over the bytes as they came',
    why: 'JSON.stringify(JSON.parse(body)) gives other bytes: escapes, numbers, spaces, order, repeated keys.',
    fix: VERIFY,
    sources: [
      'documented: signatures',
      'octokit/webhooks.js#71',
      'getsentry/sentry#38443',
      'github/docs#3567',
    ],
    run: async (trial) => {
      const message = await trial.message();
      const event = JSON.stringify(message.event('read'));
      const variants = [
        ['an escape', event.replace('"event"', '"\\u0065vent"')],
        ['1e3', event.replace(/^\{/, '{"n":1e3,')],
        ['white space', event.replace(/^\{/, '{ \t\n')],
        ['another order', event.replace(/^\{("event":"[a-z_]+"),(.*)\}$/s, '{$2,$1}')],
        ['a repeated key', event.replace(/^\{/, '{"event":"x",')],
      ] as const;
      for (const [label, body] of variants) {
        await trial.deliver(message.request('read', { label: `read, ${label}`, body: Buffer.from(body) }));
      }
      await trial.expectEnd([message]);
    },
  },
  'signature-bad': {
    group: 'signature',
    level: 'required',
    needs: ['secret'],
    title: 'a missing, wrong, stale or foreign signature is refused',
    why: 'without this anybody who finds the URL can forge events.',
    fix: `${VERIFY}; refuse when the time differs by more than 300 s`,
    sources: ['documented: signatures'],
    run: (trial) =>
      expectRefused(
        trial,
        BAD.map(([label, sign]) => [label, (request) => sign(trial, request)] as const),
      ),
  },
  'signature-garbage': {
    group: 'signature',
    level: 'required',
    needs: ['secret'],
    title: 'a header that is no signature is refused, not an exception',
    why: 'timingSafeEqual throws for buffers of different lengths.',
    fix: 'check the form of t and v1 before you compare',
    sources: ['documented: signatures'],
    run: (trial) =>
      expectRefused(
        trial,
        GARBAGE.map(([label, value]) => [label, (request) => withSignature(request, value)] as const),
      ),
  },
  'signature-spelling': {
    group: 'signature',
    level: 'required',
    needs: ['secret'],
    title: 'the name of the header has no case, and unknown parts are ignored',
    why: 'header names have no case in HTTP; unknown parts of the value are to be ignored (documented).',
    fix: 'look the header up without case, split at "," and at the first "="',
    sources: ['documented: signatures'],
    run: async (trial) => {
      const spellings: readonly (readonly [string, string, (value: string) => string])[] = [
        ['lower case', SIGNATURE_HEADER.toLowerCase(), (value) => value],
        ['upper case', SIGNATURE_HEADER.toUpperCase(), (value) => value],
        ['an unknown part', SIGNATURE_HEADER, (value) => `v0=abc,${value}`],
        ['parts swapped', SIGNATURE_HEADER, (value) => value.split(',').reverse().join(',')],
      ];
      const messages: TestMessage[] = [];
      for (const [label, name, change] of spellings) {
        const message = await trial.message();
        const request = trial.signed(message.request('read', { label: `read, ${label}` }));
        const value = typeof request.signature === 'object' ? request.signature.value : '';
        await trial.deliver(withSignature(request, change(value), name));
        messages.push(message);
      }
      await trial.expectEnd(messages);
    },
  },
  'signature-rotation': {
    group: 'signature',
    level: 'recommended',
    needs: ['secret', 'next-secret'],
    title: 'two secrets are accepted while you switch',
    why: 'rotating kills the old secret at once at Callbell: what is under way is signed with either.',
    fix: 'accept a list of secrets, and drop the old one a day later',
    sources: ['documented: rotation'],
    run: async (trial) => {
      for (const secret of [undefined, 'next'] as const) {
        const message = await trial.message();
        const request = message.request('read', { label: `read, ${secret ?? 'old'} secret` });
        await trial.deliver(trial.signed(request, secret === undefined ? {} : { secret }));
      }
    },
  },
} as const satisfies Record<string, ConformanceCase>;
