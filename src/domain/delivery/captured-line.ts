import { isJsonObject } from '../json.ts';

const LINE_FEED = 0x0a;

/** Larger bodies are kept in base64, a third larger than they are: escaped as a text they may be six times as large. */
const LARGE_BYTES = 1024 * 1024;

/** A body to keep, with what is known of its arrival. */
export interface CapturedBody {
  readonly bytes: Uint8Array;
  /** ISO 8601. */
  readonly receivedAt?: string;
}

/**
 * A body as one line of a capture, from which it is read back as the same bytes: as it is where it is an
 * event on one line; anything else, a body of several lines for example, inside a record of its request.
 */
export function capturedLine({ bytes, receivedAt }: CapturedBody): Uint8Array {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isPlainLine(body)) return Buffer.concat([body, Buffer.of(LINE_FEED)]);
  const record = {
    ...(receivedAt !== undefined && { receivedAt }),
    method: 'POST',
    path: '/',
    headers: {},
    ...keptBody(body),
  };
  return Buffer.from(`${JSON.stringify(record)}\n`);
}

/**
 * What stood in a capture in the place of an event, as one line of a capture, from which it is read back as the same
 * bytes. It is not said to be a request: then it would be delivered as it is.
 */
export function capturedText(bytes: Uint8Array): Uint8Array {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return Buffer.from(`${JSON.stringify(keptBody(body))}\n`);
}

function keptBody(body: Buffer): object {
  const text = body.toString('utf8');
  const isText = body.length < LARGE_BYTES && Buffer.from(text, 'utf8').equals(body);
  return isText ? { body: text } : { bodyBase64: body.toString('base64') };
}

/** Whether a reader finds exactly this event when the bytes stand on a line of their own. */
function isPlainLine(body: Buffer): boolean {
  if (body.at(0) !== 0x7b || body.at(-1) !== 0x7d || body.includes(LINE_FEED)) return false;
  try {
    const event: unknown = JSON.parse(body.toString('utf8'));
    return isJsonObject(event) && typeof event.event === 'string' && isJsonObject(event.payload);
  } catch {
    return false;
  }
}
