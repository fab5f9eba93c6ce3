import { isJsonObject, type JsonObject, stringAt } from '../../domain/json.ts';
import { WITHHELD } from '../../domain/redaction/withheld.ts';
import type { CapturedRequest, CaptureFault, CaptureRecord, Origin, Wrapping } from './capture-record.ts';
import { type Layer, memberOf, type Unwrapped } from './layer.ts';

/**
 * A captured request: ours (`{receivedAt, method, path, headers, body}`), that of a workflow tool
 * (`{headers, params, query, body}` with the body parsed or as text), or of a cloud function.
 */
export function unwrapRequest(layer: Layer, value: JsonObject): readonly (Unwrapped | Layer)[] | undefined {
  const facts = requestFacts(value);
  const { body, bodyBase64 } = value;
  if (typeof bodyBase64 === 'string') {
    return [textBody(layer, Buffer.from(bodyBase64, 'base64'), ['bodyBase64'], 'http', facts)];
  }
  if (typeof body === 'string') {
    const isBase64 = value.isBase64Encoded === true;
    const wrapping = 'params' in value || 'query' in value ? 'workflow' : 'http';
    const bytes = Buffer.from(body, isBase64 ? 'base64' : 'utf8');
    return [textBody(layer, bytes, ['body'], wrapping, facts, isBase64 ? 'base64' : 'string')];
  }
  if (!isRequest(value)) return undefined;
  if (body === null || (isJsonObject(body) && Object.keys(body).length === 0)) {
    return [textBody(layer, Buffer.alloc(0), ['body'], 'workflow', facts)];
  }
  return [{ ...memberOf(layer, ['body'], [...layer.wrapping, 'workflow']), facts }];
}

/** A HAR entry whose request carried JSON; other requests of a browser's session are none of ours. */
export function unwrapHarEntry(layer: Layer, entry: JsonObject): readonly Unwrapped[] {
  const request = isJsonObject(entry.request) ? entry.request : {};
  const text = stringAt(request.postData, 'text');
  if (text === undefined || !/^\s*[{[]/.test(text)) return [];
  const headers = Array.isArray(request.headers) ? headersOf(request.headers) : {};
  const facts = requestFacts({ ...request, headers, startedDateTime: entry.startedDateTime });
  return [textBody(layer, Buffer.from(text), ['request', 'postData', 'text'], undefined, facts, 'string')];
}

/** A JSON text that was written as a text once more, as `JSON.stringify` does when it is called twice. */
export function unwrapString(layer: Layer, value: string): readonly Unwrapped[] | undefined {
  const isContainer = /^\s*[{[]/.test(value) && parsedBody(value).parsed !== undefined;
  if (!isContainer) return undefined;
  return [textBody(layer, Buffer.from(value), [], 'string', layer.facts, 'string')];
}

/** What Callbell's API answered, as a browser saved it in a HAR entry; undefined where there is no text of JSON. */
export function harAnswer(
  entry: JsonObject,
): { readonly text: string; readonly encoding: 'string' | 'base64' } | undefined {
  const content = isJsonObject(entry.response) ? entry.response.content : undefined;
  const text = stringAt(content, 'text');
  if (text === undefined || (stringAt(entry.request, 'method') ?? 'GET') !== 'GET') return undefined;
  if (stringAt(content, 'encoding') !== 'base64') return { text, encoding: 'string' };
  return { text: Buffer.from(text, 'base64').toString('utf8'), encoding: 'base64' };
}

function isRequest(value: JsonObject): boolean {
  return isJsonObject(value.headers) || 'params' in value || 'query' in value || 'method' in value;
}

function textBody(
  layer: Layer,
  bytes: Buffer,
  path: readonly string[],
  wrapping: Wrapping | undefined,
  facts: Layer['facts'],
  encoding: Origin['encoding'] = 'base64',
): Unwrapped {
  const text = bytes.toString('utf8');
  const { wrapping: outer } = layer;
  return {
    bytes,
    text,
    ...(text === WITHHELD && !isQuestion(facts) ? WITHHELD_BODY : parsedBody(text)),
    wrapping: wrapping === undefined ? outer : [...outer, wrapping],
    origin: { text: layer.text, offset: layer.offset, path, encoding },
    ...facts,
  };
}

/** Whether a request asks and brings nothing: what its body was does not matter then. */
function isQuestion({ request }: Layer['facts']): boolean {
  return request?.method === 'GET' || request?.method === 'HEAD';
}

/** What our recorder writes where it was told to redact and could not. */
const WITHHELD_BODY = {
  fault: 'this body was withheld when it was recorded with --redact',
  faultCode: 'withheld-body',
} as const satisfies CaptureFault;

function parsedBody(text: string): Pick<CaptureRecord, 'parsed'> {
  try {
    return { parsed: { value: JSON.parse(text) } };
  } catch {
    return {};
  }
}

/** What a captured request says about itself, in the words of our recorder and of common tools. */
function requestFacts(request: JsonObject): Layer['facts'] {
  const receivedAt = stringAt(request, 'receivedAt') ?? stringAt(request, 'startedDateTime');
  const method = stringAt(request, 'method') ?? stringAt(request, 'httpMethod');
  const path = stringAt(request, 'path') ?? stringAt(request, 'url') ?? stringAt(request, 'webhookUrl');
  const { headers } = request;
  const facts: CapturedRequest = {
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(isJsonObject(headers) && { headers }),
  };
  return {
    ...(receivedAt !== undefined && { receivedAt }),
    ...(Object.keys(facts).length > 0 && { request: facts }),
  };
}

/** HAR's list of headers as an object; names in lower case, as Node has them. */
function headersOf(list: readonly unknown[]): Record<string, string> {
  const pairs = list.map((header) => [stringAt(header, 'name')?.toLowerCase(), stringAt(header, 'value')]);
  return Object.fromEntries(pairs.filter(([name, value]) => name !== undefined && value !== undefined));
}
