import type { RequestHeader } from '../domain/delivery/request-headers.ts';
import { isSecretName } from '../domain/secret-name.ts';
import { SIGNATURE_HEADER } from '../domain/signature.ts';
import type { SignatureFault } from '../domain/signature-fault.ts';
import { signingSteps } from './shell-hmac.ts';
import { printfFormat, shellQuote } from './shell-quote.ts';
import { visible } from './visible.ts';

/** A request that curl is to send. */
export interface CurlRequest {
  /** With its password and tokens masked or not is the caller's choice: it is printed as it is. */
  readonly url: string;
  readonly headers: readonly RequestHeader[];
  readonly body: Uint8Array;
  /** In milliseconds, for connecting and for all. */
  readonly timeoutMs?: number;
  readonly insecure?: boolean;
  readonly ca?: string;
  /** The variable with the secret, where requests are signed. */
  readonly secretVariable?: string;
  readonly signatureFault?: SignatureFault;
}

/** A shell takes a single word up to 128 KiB on Linux; longer bodies go through a pipe. */
const LONGEST_WORD = 100_000;

/**
 * Formats the same request as a command for a POSIX shell. No secret stands in the text, nor in the arguments of a
 * program, which every user of the machine can read: the values of secret headers are read from variables named after
 * them and piped to curl, and a signature is made when the command runs ({@link signingSteps}).
 */
export function formatCurl(request: CurlRequest): string {
  const { url, headers, body, secretVariable: variable, signatureFault: fault } = request;
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  const isWord = body.length <= LONGEST_WORD && visible(text) === text && Buffer.from(text).equals(body);
  const isSigned = variable !== undefined && fault !== 'missing';
  const secrets = headers.filter(({ name }) => isSecretName(name));
  const words = [
    // A refused answer is an error, and shown all the same; each answer ends its line.
    "curl -sS --fail-with-body -w '\\n' --globoff --path-as-is -X POST",
    shellQuote(url),
    ...limits(request),
    ...headers.filter((header) => !secrets.includes(header)).map((header) => `-H ${headerWord(header)}`),
    ...(secrets.length > 0 ? ['-H @-'] : []),
  ];
  const piped = secrets.map(({ name }) => `"${name}: $${headerVariable(name)}"`).join(' ');
  const pipe = secrets.length > 0 ? `printf '%s\\n' ${piped} | ` : '';
  if (isWord && !isSigned) return `${pipe}${[...words, `--data-raw ${shellQuote(text)}`].join(' ')}\n`;
  const print = isWord ? `printf %s ${shellQuote(text)}` : `printf '${printfFormat(body)}'`;
  if (isSigned) words.push(`-H "${SIGNATURE_HEADER}: t=$t,v1=$(signature)"`);
  const curl = words.join(' ');
  // Standard input is taken where secrets are piped.
  const send =
    pipe === ''
      ? `body | ${curl} --data-binary @-`
      : `body | { ${pipe}${curl} --data-binary @/dev/fd/3; } 3<&0`;
  const steps = [`body() { ${print}; }`, ...(isSigned ? signingSteps(variable, fault) : []), send];
  return `(${steps.join('; ')})\n`;
}

function limits({ timeoutMs, insecure, ca }: CurlRequest): string[] {
  const seconds = timeoutMs === undefined ? undefined : Math.max(timeoutMs / 1000, 0.001);
  return [
    ...(seconds === undefined ? [] : [`--connect-timeout ${seconds} --max-time ${3 * seconds}`]),
    ...(insecure ? ['--insecure'] : []),
    ...(ca === undefined ? [] : [`--cacert ${shellQuote(ca)}`]),
  ];
}

function headerWord({ name, value }: RequestHeader): string {
  // curl drops a header that ends at its colon, and sends an empty one for a semicolon.
  return shellQuote(value === '' ? `${name};` : `${name}: ${value}`);
}

/** The variable that a printed command reads the value of a secret header from. */
export function headerVariable(name: string): string {
  return name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_');
}
