import { describe, expect, it } from 'vitest';
import { CASE_IDS, type CaseId } from '../../src/domain/conformance/cases.ts';
import {
  CONFORMANCE_DEFAULTS,
  type ConformanceRun,
  conformanceRun,
} from '../../src/io/conformance/conformance.ts';
import { type Behaviour, type ReadEvent, SECRETS, startHandler } from './handlers.ts';

/** Runs all cases quickly: a handler in this process settles within a millisecond. */
async function failuresOf(
  changes: Partial<Behaviour>,
  run: Partial<ConformanceRun> = {},
  atEnd?: (end: () => void) => void,
): Promise<string[]> {
  const handler = await startHandler(changes, atEnd);
  const failures: string[] = [];
  const results = conformanceRun({
    ...CONFORMANCE_DEFAULTS,
    cases: CASE_IDS,
    url: handler.url,
    headers: [],
    secret: SECRETS[0],
    nextSecret: SECRETS[1],
    probe: handler.probe,
    create: handler.create,
    app: handler.app,
    rounds: 4,
    // On a busy machine anything may take seconds: only what is about time has a budget.
    budgetMs: 60_000,
    pace: { slowBodyMs: 100, leastHoldMs: 15 },
    certificates: undefined,
    insecure: false,
    stopped: new AbortController().signal,
    ...run,
  });
  for await (const { id, outcome } of results) if (outcome !== 'pass') failures.push(id);
  return failures;
}

describe('a sound handler', () => {
  it('passes every case', async () => {
    expect(await failuresOf({})).toEqual([]);
  });
  it.each([30])(
    'passes every case when it works %i ms after its answer',
    { timeout: 120_000 },
    async (asyncMs) => {
      expect(await failuresOf({ asyncMs })).toEqual([]);
    },
  );
});

const later = ['late-sent', 'late-delivered', 'backwards', 'every-order', 'interleaved'] as const;
const ranks =
  (changes: Record<string, number | undefined>) =>
  (status: string): number | undefined =>
    ({ enqueued: 0, sent: 1, failed: 2, delivered: 3, read: 4, ...changes })[status];
const contactOf = ({ payload }: ReadEvent): Record<string, unknown> | undefined =>
  payload.contact ?? undefined;

/** Throws as a handler does that takes for granted what need not be there. */
function demand(value: unknown): void {
  if (!value) throw new TypeError('Cannot read properties of undefined');
}

/** Each way of being wrong, and exactly the cases that find it. */
const MUTANTS: Readonly<
  Record<string, readonly [Partial<Behaviour>, readonly CaseId[], Partial<ConformanceRun>?]>
> = {
  'refuses a status': [{ refuses: 'mismatch' }, ['accept-statuses']],
  'answers 204': [{ answer: 204 }, ['answer-200']],
  'answers GET with 404': [{ get: 404 }, ['check-get']],
  'throws for a check that is no JSON': [{ check: 500 }, ['check-body']],
  'throws for what is no JSON': [{ noJson: 500 }, ['malformed-json']],
  'dies of what is no JSON': [{ dies: true }, ['malformed-json']],
  'refuses other events': [{ other: 422 }, ['other-events']],
  'throws for unknown messages': [{ unknown: 500 }, ['unknown-uuid']],
  'the last status wins': [
    { replaces: () => true },
    [...later, 'failed-then-sent', 'delivered-then-failed', 'duplicate-late', 'concurrent-statuses'],
  ],
  'demands the step before': [
    { replaces: (rank, old) => rank > old && (rank === old + 1 || rank === 3) },
    ['read-without-delivered', 'late-delivered', 'every-order', 'interleaved'],
  ],
  'a failure is final': [{ replaces: (rank, old) => rank > old && old !== 2 }, ['failed-then-delivered']],
  'sent undoes a failure': [{ rank: ranks({ failed: 0.5 }) }, ['failed-then-sent', 'failed-then-delivered']],
  'a failure wins': [{ rank: ranks({ failed: 9 }) }, ['failed-then-delivered', 'delivered-then-failed']],
  'a mismatch is a state': [{ rank: ranks({ mismatch: 1.5 }) }, ['side-notes', 'interleaved']],
  'deduplicates by uuid alone': [
    { onceAMessage: true },
    [
      ...['same-uuid', 'late-sent', 'late-delivered', 'read-without-delivered', 'every-order'],
      ...['failed-then-delivered', 'delivered-then-failed', 'side-notes', 'duplicate-late'],
      ...['concurrent-statuses', 'interleaved', 'burst', 'restart'],
    ] as CaseId[],
  ],
  'has an effect for each delivery': [
    { key: () => String(Math.random()) },
    ['duplicate', 'duplicate-resigned', 'duplicate-late', 'concurrent-duplicate'],
  ],
  'deduplicates by signature': [
    { key: (uuid, status, signature) => uuid + status + signature },
    ['duplicate-resigned', 'duplicate-late'],
  ],
  'looks, then acts': [{ windowMs: 3, writesStale: true }, ['concurrent-duplicate', 'concurrent-statuses']],
  'shares state between requests': [{ isShared: true }, ['every-order', 'interleaved', 'burst', 'restart']],
  'needs a contact': [{ reads: (event) => demand(contactOf(event)) }, ['no-contact']],
  'needs a number': [
    { reads: (event) => demand(contactOf(event) === undefined || contactOf(event)?.phoneNumber) },
    ['bare-contact'],
  ],
  'reads metadata without a look': [
    { reads: ({ payload }) => demand(!('metadata' in payload) || payload.metadata) },
    ['any-metadata'],
  ],
  'reads the status inside': [
    { statusOf: ({ payload }) => payload.messageStatusPayload.type },
    ['inner-object', 'failed-variants'],
  ],
  'stores any status': [
    { rank: (status) => ranks({ mismatch: -1, deleted: -1 })(status) ?? 9 },
    ['new-status'],
  ],
  'has a strict schema': [{ reads: ({ payload }) => demand(!('addedLater' in payload)) }, ['extra-fields']],
  'has a column for 255 characters': [
    { reads: (event) => demand(String(contactOf(event)?.name ?? '').length <= 255) },
    ['hostile-text', 'large'],
  ],
  'needs a failure code': [
    {
      reads: ({ payload }) =>
        demand(payload.status !== 'failed' || payload.messageStatusPayload.payload.code !== undefined),
    },
    ['failed-variants'],
  ],
  'compares the content type as a text': [
    { contentType: (type) => type === 'application/json' },
    ['content-type'],
  ],
  'needs a length': [{ needsLength: true }, ['chunked']],
  'joins texts': [{ joinsText: true }, ['split-character', 'compressed']],
  'does not unzip': [{ unzips: false }, ['compressed']],
  'takes 10 kB': [{ limit: 10_000 }, ['large']],
  'works one after another': [
    { isSerial: true },
    ['slow-sender'],
    { budgetMs: 1000, pace: { slowBodyMs: 3000, leastHoldMs: 15 } },
  ],
  'verifies what it wrote again': [{ reserialises: true }, ['signature-good']],
  'verifies nothing': [{ verifies: false }, ['signature-bad', 'signature-garbage']],
  'throws for a signature of another length': [{ throwsOnGarbage: true }, ['signature-garbage']],
  'looks the header up as it was written': [
    { header: ({ rawHeaders }) => rawHeaders[rawHeaders.indexOf('X-Callbell-Signature') + 1] },
    ['signature-spelling'],
  ],
  'knows one secret': [{ secrets: SECRETS.slice(0, 1) }, ['signature-rotation']],
  'is slow': [{ answerMs: 40 }, ['answer-time', 'slow-sender'], { budgetMs: 30 }],
  'takes few at once': [{ most: 20, answerMs: 50 }, ['burst']],
  'keeps all in memory': [{ forgets: true }, ['restart']],
};

/** One with a name is run alone, as `MUTANT='is slow' npx vitest run test/conformance`. */
const { MUTANT } = process.env;

describe('a wrong handler fails exactly the cases about it', () => {
  const mutants = Object.entries(MUTANTS).filter(([name]) => MUTANT === undefined || name === MUTANT);
  it.concurrent.for(mutants)('%s', { timeout: 120_000 }, async ([, [changes, expected, run]], test) => {
    const found = await failuresOf(changes, run, test.onTestFinished);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  it('and every case is needed for one', () => {
    const found = new Set(Object.values(MUTANTS).flatMap(([, cases]) => cases));
    expect(CASE_IDS.filter((id) => !found.has(id))).toEqual([]);
  });
});
