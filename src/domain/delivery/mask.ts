import { isSecretName } from '../secret-name.ts';

/** Stands for a secret wherever something is shown. */
export const MASK = '***';

/** The value of each parameter, behind its name. */
const PARAMETER = /(^|[?&;#])([^=&?;#\s'"]*)=([^&#\s'"]*)/g;

/** The same where a server takes `;` for a separator too: `a=b;token=c`. */
const LATER_PARAMETER = /(;)([^=&?;#\s'"]*)=([^&;#\s'"]*)/g;

/** Masks the secrets in the query of a path or URL; every other byte stays. */
export function maskedQuery(path: string): string {
  const mask = (whole: string, mark: string, name: string): string =>
    isSecretName(decoded(name)) ? `${mark}${name}=${MASK}` : whole;
  return path.replace(PARAMETER, mask).replace(LATER_PARAMETER, mask);
}

/**
 * Masks what looks like a secret in a text that somebody typed or an error repeats: the login of a URL, parameters and
 * headers by their names, and the signing secrets of Callbell.
 */
export function maskedText(text: string): string {
  const header = /^\s*([\w-]+):/.exec(text)?.[1];
  if (header !== undefined && isSecretName(header)) return `${header}: ${MASK}`;
  return maskedQuery(text)
    .replace(/[^\s'"]+/g, withoutLogin)
    .replace(/\b(whsec_)[\w+/=-]+/g, `$1${MASK}`)
    .replace(/\b(Bearer|Basic) [\w.~+/=-]+/gi, `$1 ${MASK}`);
}

/** Masks user and password in a word that is a URL, or the beginning of one; a password may hold any character. */
function withoutLogin(word: string): string {
  const end = word.lastIndexOf('@');
  const scheme = word.indexOf('://');
  if (scheme !== -1 && scheme < end) return `${word.slice(0, scheme + 3)}${MASK}${word.slice(end)}`;
  const colon = word.indexOf(':');
  return colon !== -1 && colon < end ? MASK + word.slice(end) : word;
}

/** The values in a URL that must not be shown, in every spelling in which an answer may echo them. */
export function secretsOfUrl({ username, password, search }: URL): string[] {
  const parameters = [...search.matchAll(PARAMETER), ...search.matchAll(LATER_PARAMETER)]
    .filter(([, , name = '']) => isSecretName(decoded(name)))
    .map(([, , , value = '']) => value);
  return [password === '' ? username : password, ...parameters].flatMap((text) => [
    text,
    decoded(text),
    decoded(text.replaceAll('+', ' ')),
  ]);
}

/** The secrets in the value of a header: all of it, a token behind its scheme, and the values of cookies. */
export function secretsOfHeader(value: string): string[] {
  const parts = value.split(/[\s;,]+/).flatMap((part) => [part, part.slice(part.indexOf('=') + 1)]);
  return [value, ...parts.filter((part) => !/^(?:basic|bearer|digest|token)$/i.test(part))];
}

/** A text as it was before its characters were encoded for a URL. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A shorter secret would mask half of every text. */
const SHORTEST_SECRET = 4;

/** Masks known secrets wherever they stand in a text, an answer that echoes them for example. */
export class SecretMask {
  readonly #secrets: readonly string[];
  /** The length in bytes of the longest secret. */
  readonly longestBytes: number;

  constructor(secrets: readonly string[]) {
    const spellings = secrets.flatMap((secret) => [
      secret,
      // As it stands inside of JSON, and of a URL.
      JSON.stringify(secret).slice(1, -1),
      encoded(secret),
    ]);
    const known = [...new Set(spellings)].filter(({ length }) => length >= SHORTEST_SECRET);
    // The longest first, where one is part of another.
    this.#secrets = known.sort((a, b) => b.length - a.length);
    this.longestBytes = known.reduce((most, secret) => Math.max(most, Buffer.byteLength(secret)), 0);
  }

  mask(text: string): string {
    return this.#secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
  }
}
