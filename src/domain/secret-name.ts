/** Words of a name that say that its value is a secret. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  ...[
    'auth',
    'authorization',
    'authentication',
    'oauth',
    'bearer',
    'credential',
    'credentials',
    'hmac',
    'jwt',
  ],
  ...[
    'cookie',
    'csrf',
    'xsrf',
    'session',
    'sid',
    'otp',
    'pass',
    'passcode',
    'passphrase',
    'passwd',
    'password',
  ],
  ...['pwd', 'secret', 'secrets', 'sig', 'signature', 'token', 'tokens'],
]);

/** Ends of a name whose words are written together, `accesstoken` for example. */
const SECRET_END =
  /(?:token|secret|password|passwd|signature|credentials?|cookie|jwt|sess(?:ion)?id|apikey|accesskey)s?$/;

/**
 * Tells whether the value of a header or a URL parameter is a secret, by its name: `X-Auth-Token`, `api_key`, `sig`. A
 * name that ends in `key` is one; `code` is one alone, as the key of a function at Azure.
 */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  if (words.length === 1 && words[0] === 'code') return true;
  return words.at(-1) === 'key' || words.some((word) => SECRET_WORDS.has(word) || SECRET_END.test(word));
}
