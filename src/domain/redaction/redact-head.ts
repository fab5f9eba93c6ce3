import { isLoopbackHost } from '../loopback.ts';
import { isSecretName } from '../secret-name.ts';
import type { Masks } from './masks.ts';
import { placeOf } from './places.ts';

/** Headers as Node has them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const QUALITIES = 'q=0 q=0.1 q=0.2 q=0.3 q=0.4 q=0.5 q=0.6 q=0.7 q=0.8 q=0.9 q=1 q=1.0';
const MEDIA_TYPES = `*/* text/* text/plain text/html application/* application/json application/cloudevents+json
  application/x-www-form-urlencoded application/octet-stream`;

/** One row a header: the words of which its value, a list, may be made to say nothing about a person. */
const HEADER_WORDS = setsOf({
  accept: `${MEDIA_TYPES} ${QUALITIES}`,
  'accept-charset': 'utf-8',
  'accept-encoding': `gzip x-gzip deflate br zstd compress identity * ${QUALITIES}`,
  'accept-language': '*',
  'cache-control': 'no-cache no-store max-age=0',
  connection: 'close keep-alive upgrade',
  'content-type': `${MEDIA_TYPES} charset=utf-8 charset="utf-8" charset=us-ascii charset=iso-8859-1`,
  expect: '100-continue',
  pragma: 'no-cache',
  'sec-fetch-mode': 'cors no-cors',
  'transfer-encoding': 'chunked',
  'x-forwarded-port': '80 443 8080 8443',
  'x-forwarded-proto': 'http https',
});

/** One row a header: the form of a value that says nothing about a person, where it is no list of words. */
const HEADER_FORMS: ReadonlyMap<string, RegExp> = new Map([
  ['date', /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT$/],
  ['prefer', /^code=\d{3}$/],
  [
    'user-agent',
    /^(?:callbell|callbell-status|curl|undici|node|node-fetch|axios|got|okhttp|go-http-client|ruby|faraday|rest-client|python-requests|python-httpx|httpie|postmanruntime|insomnia|wget|java|facebookexternalua)(?:\/\d{1,2}(?:\.\d{1,2}){0,2})?$/i,
  ],
  ['x-callbell-signature', /^t=\d{10},v1=[\da-f]{64}$/],
]);

function setsOf(lists: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(lists).map(([name, words]) => [name, new Set(words.split(/\s+/))] as const));
}

function isHarmlessHeader(name: string, value: string): boolean {
  if (value.length > LONGEST_HARMLESS) return false;
  if (HEADER_FORMS.get(name)?.test(value)) return true;
  const words = HEADER_WORDS.get(name);
  return words !== undefined && value.split(/[,;]/).every((word) => words.has(word.trim().toLowerCase()));
}

/** Headers whose names are public, and whose values never are. */
const KNOWN_NAMES: ReadonlySet<string> = new Set([
  ...HEADER_WORDS.keys(),
  ...HEADER_FORMS.keys(),
  ...'authorization cookie set-cookie host origin referer forwarded via from x-real-ip true-client-ip'.split(
    ' ',
  ),
  ...'x-forwarded-for x-forwarded-host x-forwarded-server x-request-id x-correlation-id traceparent'.split(
    ' ',
  ),
  ...'tracestate x-api-key x-auth-token x-hub-signature x-hub-signature-256 cf-connecting-ip cf-ray'.split(
    ' ',
  ),
  ...'cf-ipcountry cf-visitor cdn-loop x-amzn-trace-id idempotency-key keep-alive te priority'.split(' '),
  ...'content-language sec-fetch-site sec-fetch-dest upgrade-insecure-requests'.split(' '),
]);
const LONGEST_HARMLESS = 120;

/** Masks the values of headers that do not have a harmless form, and the names that no standard knows. */
export function redactHeaders(headers: Headers, masks: Masks): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const spelt = name.toLowerCase();
      const masked =
        typeof value === 'string'
          ? redactValue(spelt, value, masks)
          : value?.map((each) => redactValue(spelt, each, masks));
      return [KNOWN_NAMES.has(spelt) ? name : `x-${masks.tag(spelt)}`, masked];
    }),
  );
}

function redactValue(name: string, value: string, masks: Masks): string {
  if (value === '') return value;
  if (isHarmlessHeader(name, value)) return value;
  if (name === 'host') {
    return isLoopbackHost(value.replace(/:\d{1,5}$/, '')) ? value : `host-${masks.tag(value)}.example`;
  }
  return isSecretName(name) ? `secret ${masks.tag(value)}` : masks.text(value, 'value');
}

/** Words of paths that a receiver's programmer chose. */
const PATH_WORDS: ReadonlySet<string> = new Set(
  `api app callback callbacks callbell callbell-status dev event events handler hook hooks in incoming inbound ingest
  integration integrations listen listener message messages messaging notification notifications notify prod production
  public receive receiver staging status statuses test update updates v1 v2 v3 v4 webhook webhooks whatsapp
  health healthz ping`.split(/\s+/),
);
const QUERY_WORDS: ReadonlySet<string> = new Set(
  'access_token api_key apikey hub.challenge hub.mode hub.verify_token key q secret sig signature source token x'.split(
    ' ',
  ),
);
const LONGEST_WORD = 40;

/** Masks the path and the query of a request, but for words that are common in paths of webhooks. */
export function redactPath(path: string, masks: Masks): string {
  const at = path.indexOf('?');
  const pathname = at === -1 ? path : path.slice(0, at);
  const segments = pathname.split('/').map((segment) => redactPart(segment, PATH_WORDS, 'path', masks));
  if (at === -1) return segments.join('/');
  const pairs = path
    .slice(at + 1)
    .split('&')
    .map((pair) => redactPair(pair, masks));
  return `${segments.join('/')}?${pairs.join('&')}`;
}

function redactPair(pair: string, masks: Masks): string {
  const at = pair.indexOf('=');
  if (at === -1) return redactPart(pair, QUERY_WORDS, 'query', masks);
  const name = pair.slice(0, at);
  const isKnown = QUERY_WORDS.has(name.toLowerCase()) || placeOf(name) !== undefined;
  const maskedName = isKnown ? name : redactPart(name, QUERY_WORDS, 'query', masks);
  return `${maskedName}=${redactPart(pair.slice(at + 1), HARMLESS_VALUES, 'value', masks)}`;
}

const HARMLESS_VALUES: ReadonlySet<string> = new Set(['', 'true', 'false', 'yes', 'no', 'null', '0', '1']);

/** Masks a part of a path or query that is none of the words. */
function redactPart(part: string, words: ReadonlySet<string>, label: string, masks: Masks): string {
  if (part === '' || (part.length <= LONGEST_WORD && words.has(part.toLowerCase()))) return part;
  return encodeURIComponent(masks.text(decoded(part.replaceAll('+', ' ')), label).replace(' ', '-'));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // No valid escapes: it is masked as it is.
    return part;
  }
}
