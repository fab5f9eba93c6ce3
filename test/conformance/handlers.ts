import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { ProbeReading } from '../../src/domain/conformance/probe.ts';
import type { ControlledApp } from '../../src/io/conformance/case-trial.ts';

/** The secrets that a handler of the tests knows. */
export const SECRETS = ['whsec_old', 'whsec_next'] as const;

/** One row of a handler's store. */
interface Row {
  status: string | undefined;
  effects: number;
  readonly seen: Set<string>;
}

/** An event as a careless handler reads it. */
export interface ReadEvent {
  readonly event?: unknown;
  readonly payload: {
    readonly uuid: string;
    readonly status: string;
    readonly contact?: Record<string, unknown> | null;
    readonly metadata?: unknown;
    readonly messageStatusPayload: { readonly type: string; readonly payload: { readonly code?: unknown } };
  };
}

const RANK: Record<string, number> = { enqueued: 0, sent: 1, failed: 2, delivered: 3, read: 4 };

/** Everything in which a handler can be wrong; the sound one has the values here. */
export const SOUND = {
  /** Works so long after its answer. */
  asyncMs: 0,
  answer: 200,
  answerMs: 0,
  get: 200,
  noJson: 400,
  /** Answers to a short body that is no JSON. */
  check: 200,
  other: 200,
  /** Answers to rows that its sender did not make; undefined makes them. */
  unknown: undefined as number | undefined,
  refuses: undefined as string | undefined,
  /** Takes one event of each message. */
  onceAMessage: false,
  rank: (status: string): number | undefined => RANK[status],
  /** Whether a status replaces another. */
  replaces: (rank: number, old: number): boolean => rank > old,
  key: (uuid: string, status: string, _signature: string): string => `${uuid}:${status}`,
  /** Milliseconds between looking and acting. */
  windowMs: 0,
  /** Whether state is written as it was read before the window. */
  writesStale: false,
  isShared: false,
  statusOf: ({ payload }: ReadEvent): unknown => payload.status,
  reads: (_event: ReadEvent): void => {},
  limit: 1024 * 1024,
  contentType: (type: string | undefined): boolean =>
    type === undefined || /^application\/json\b/i.test(type),
  needsLength: false,
  joinsText: false,
  unzips: true,
  isSerial: false,
  verifies: true,
  throwsOnGarbage: false,
  reserialises: false,
  header: (request: IncomingMessage): string | undefined =>
    request.headers['x-callbell-signature']?.toString(),
  secrets: SECRETS as readonly string[],
  most: Number.POSITIVE_INFINITY,
  dies: false,
  forgets: false,
};

/** How a handler is. */
export type Behaviour = typeof SOUND;

/** A handler that runs. */
export interface TestHandler {
  readonly url: URL;
  readonly app: ControlledApp;
  probe(uuid: string): Promise<ProbeReading>;
  create(message: { readonly uuid: string }): Promise<void>;
}

/**
 * Starts a handler in this process; it ends with the test.
 *
 * @param atEnd `onTestFinished` of the test: the global one ends with whatever test runs at the same time
 */
export async function startHandler(
  changes: Partial<Behaviour> = {},
  atEnd: (end: () => void) => void = onTestFinished,
): Promise<TestHandler> {
  const is: Behaviour = { ...SOUND, ...changes };
  const rows = new Map<string, Row>();
  let underWay = 0;
  let current: ReadEvent;
  let queue: Promise<unknown> = Promise.resolve();

  const rowOf = (uuid: string): Row => {
    const row = rows.get(uuid) ?? { status: undefined, effects: 0, seen: new Set<string>() };
    rows.set(uuid, row);
    return row;
  };

  const rankOf = (status: string | undefined): number =>
    status === undefined ? -1 : (is.rank(status) ?? -1);

  const apply = async (uuid: string, status: string, signature: string): Promise<void> => {
    const row = rowOf(uuid);
    if (is.onceAMessage && row.seen.size > 0) return;
    const key = is.key(uuid, status, signature);
    const isNew = !row.seen.has(key);
    const stale = rankOf(row.status);
    if (!is.writesStale) row.seen.add(key);
    if (is.windowMs > 0) await pause(is.windowMs);
    row.seen.add(key);
    if (isNew) row.effects += 1;
    const rank = is.rank(status);
    const old = is.writesStale ? stale : rankOf(row.status);
    if (rank !== undefined && (old < 0 || is.replaces(rank, old))) row.status = status;
  };

  const isSigned = (body: Buffer, header: string | undefined): boolean => {
    const parts = new Map(
      (header ?? '').split(',').map((part) => part.trim().split(/=(.*)/s, 2) as [string, string]),
    );
    const [t = '', v1 = ''] = [parts.get('t'), parts.get('v1')];
    if (is.throwsOnGarbage && v1.length !== 64 && header !== undefined)
      throw new RangeError('different lengths');
    if (!/^\d{1,12}$/.test(t) || Math.abs(Date.now() / 1000 - Number(t)) > 300) return false;
    const signed = is.reserialises ? Buffer.from(JSON.stringify(JSON.parse(body.toString()))) : body;
    const given = Buffer.from(v1, 'hex');
    return is.secrets.some((secret) => {
      const digest = createHmac('sha256', secret).update(`${t}.`).update(signed).digest();
      return digest.length === given.length && timingSafeEqual(digest, given);
    });
  };

  const read = async (request: IncomingMessage): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    let text = '';
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
      text += chunk;
    }
    const raw = is.joinsText ? Buffer.from(text) : Buffer.concat(chunks);
    return request.headers['content-encoding'] === 'gzip' && is.unzips ? gunzipSync(raw) : raw;
  };

  /** Answers what is wrong before it is parsed; undefined where nothing is. */
  const refuseBody = ({ headers }: IncomingMessage, body: Buffer): number | undefined => {
    const isObject = body[0] === 0x7b;
    if (body.length > is.limit) return 413;
    return isObject && !is.contentType(headers['content-type']) ? 415 : undefined;
  };

  const answerNoJson = (body: Buffer): number => {
    const isObject = body[0] === 0x7b;
    if (is.dies && isObject) throw new Dead();
    return body.length < 10 && !isObject ? is.check : is.noJson;
  };

  const take = async (event: ReadEvent, signature: string): Promise<number> => {
    is.reads(event);
    const status = String(is.statusOf(event));
    if (status === is.refuses) return 422;
    if (is.unknown !== undefined && !rows.has(event.payload.uuid)) return is.unknown;
    current = event;
    if (is.isShared) await pause(2);
    const { uuid } = (is.isShared ? current : event).payload;
    const work = (): Promise<void> => apply(uuid, status, signature);
    if (is.asyncMs > 0) setTimeout(() => void work(), is.asyncMs);
    else await work();
    return is.answer;
  };

  const takeSigned = async (event: ReadEvent, body: Buffer, header: string | undefined): Promise<number> => {
    if (is.verifies && !isSigned(body, header)) return 401;
    return event.event === 'message_status_updated' ? take(event, header ?? '') : is.other;
  };

  const handle = async (request: IncomingMessage): Promise<number> => {
    if (request.method !== 'POST') return is.get;
    const hasLength = request.headers['content-length'] !== undefined;
    const received = await read(request);
    const refusal = refuseBody(request, received);
    if (refusal !== undefined) return refusal;
    const body = is.needsLength && !hasLength ? Buffer.alloc(0) : received;
    const event = parsed(body);
    if (event === undefined) return answerNoJson(body);
    return event?.event === undefined ? 200 : takeSigned(event, body, is.header(request));
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    underWay += 1;
    try {
      const status = underWay > is.most ? 503 : await handle(request);
      if (is.answerMs > 0) await pause(is.answerMs);
      response.writeHead(status).end(status === 204 ? undefined : '{"status":"ok"}');
    } catch (error) {
      if (error instanceof Dead) {
        request.socket.destroy();
        server.close();
        server.closeAllConnections();
      } else response.writeHead(500).end('{"error":"exception"}');
    } finally {
      underWay -= 1;
    }
  };

  const server = createServer((request, response) => {
    if (is.isSerial) queue = queue.then(() => respond(request, response));
    else void respond(request, response);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: new URL(`http://127.0.0.1:${port}/webhooks`),
    app: {
      kill: async () => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
        if (is.forgets) rows.clear();
      },
      start: () => listen(port),
    },
    probe: async (uuid) => {
      const row = rows.get(uuid);
      return { status: row?.status, effects: row?.effects ?? 0 };
    },
    create: async ({ uuid }) => void rowOf(uuid),
  };
}

/** The event in a body, null for another JSON value, undefined for what is no JSON. */
function parsed(body: Buffer): ReadEvent | null | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' ? (value as ReadEvent | null) : null;
  } catch {
    return undefined;
  }
}

/** The process is gone. */
class Dead extends Error {}
