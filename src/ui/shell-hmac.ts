import { SIGNATURE_TOLERANCE_SECONDS } from '../domain/signature.ts';
import type { SignatureFault } from '../domain/signature-fault.ts';

/** The padding bytes of HMAC (RFC 2104). */
const [OUTER, INNER] = [0x5c, 0x36];

/**
 * Steps of a POSIX shell that define `$t`, the time, and `signature`, which prints the signature of what the function
 * `body` prints. HMAC is put together from plain SHA-256: `openssl dgst -hmac` takes the key as an argument, which every
 * user of the machine can read in the list of processes. The shell's own `printf` is no process.
 */
export function signingSteps(variable: string, fault: SignatureFault | undefined): string[] {
  const time = fault === 'stale' ? `$(( $(date +%s) - ${2 * SIGNATURE_TOLERANCE_SECONDS} ))` : '$(date +%s)';
  const secret = `printf %s "$${variable}${fault === 'wrong' ? '.wrong' : ''}"`;
  const signed = `printf %s. "$t"; body${fault === 'other-body' ? "; printf ' '" : ''}`;
  return [
    `t=${time}`,
    String.raw`hex() { od -An -v -tx1 | tr -d ' \n'; }`,
    `key=$(${secret} | hex)`,
    // A key longer than a block is hashed first.
    `[ \${#key} -le 128 ] || key=$(${secret} | openssl dgst -sha256 -binary | hex)`,
    // Prints the key, filled up with zeros to a block of 64 bytes, XOR the byte that is its argument.
    String.raw`pad() { k=$key; n=64; while [ $n -gt 0 ]; do b=${'$'}{k%"${'$'}{k#??}"}; k=${'$'}{k#??}; x=$((0x${'$'}{b:-0} ^ $1)); printf %b "\\0$((x / 64))$((x / 8 % 8))$((x % 8))"; n=$((n - 1)); done; }`,
    `inner() { { pad ${INNER}; ${signed}; } | openssl dgst -sha256 -binary; }`,
    `signature() { { pad ${OUTER}; inner; } | openssl dgst -sha256 -r | cut -d' ' -f1; }`,
  ];
}
