import type { RequestHeader } from '../domain/delivery/request-headers.ts';
import { isSecretName } from '../domain/secret-name.ts';
import { SIGNATURE_HEADER, SIGNATURE_TOLERANCE_SECONDS } from '../domain/signature.ts';
import type { SignatureFault } from '../domain/signature-fault.ts';
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
 * The same request as a command for a POSIX shell. A signature is made by openssl when the command runs, from
 * a secret that is read from its variable then: neither stands in the text. Values of other secret headers
 * are read from variables named after them.
 */
export function formatCurl(request: CurlRequest): string {
  const { url, headers, body, secretVariable: variable, signatureFault: fault } = request;
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  const isWord = body.length <= LONGEST_WORD && visible(text) === text && Buffer.from(text).equals(body);
  const isSigned = variable !== undefined && fault !== 'missing';
  const words = [
    // A refused answer is an error, and shown all the same; each answer ends its line.
    "curl -sS --fail-with-body -w '\\n' --globoff --path-as-is -X POST",
    shellQuote(url),
    ...limits(request),
    ...headers.map((header) => `-H ${headerWord(header)}`),
  ];
  if (isWord && !isSigned) return `${[...words, `--data-raw ${shellQuote(text)}`].join(' ')}\n`;
  const print = isWord ? `printf %s ${shellQuote(text)}` : `printf '${printfFormat(body)}'`;
  if (isSigned) words.push(`-H "${SIGNATURE_HEADER}: t=$t,v1=$(signature)"`);
  const send = `body | ${[...words, '--data-binary @-'].join(' ')}`;
  const steps = [`body() { ${print}; }`, ...(isSigned ? signing(variable, fault) : []), send];
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
  if (isSecretName(name)) return `"${name}: $${headerVariable(name)}"`;
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

function signing(variable: string, fault: SignatureFault | undefined): string[] {
  const time = fault === 'stale' ? `$(( $(date +%s) - ${2 * SIGNATURE_TOLERANCE_SECONDS} ))` : '$(date +%s)';
  const key = fault === 'wrong' ? `$${variable}.wrong` : `$${variable}`;
  const signed = `printf %s. "$t"; body${fault === 'other-body' ? "; printf ' '" : ''}`;
  return [
    `t=${time}`,
    `signature() { { ${signed}; } | openssl dgst -sha256 -hmac "${key}" -r | cut -d' ' -f1; }`,
  ];
}
