import { once } from 'node:events';
import type { Server } from 'node:net';
import { CallbellStatusError } from '../../errors.ts';

/**
 * Makes a server listen on an address.
 *
 * @throws {CallbellStatusError} `address-in-use`, `address-unavailable`
 */
export async function bind(server: Server, port: number, host: string): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new CallbellStatusError('address-in-use', `port ${port} is already in use`, {
        hint: 'choose another with --port, or --port 0 for any free one',
        cause: error,
      });
    }
    const { why, hint } = whyUnavailable(error, code);
    throw new CallbellStatusError('address-unavailable', `cannot listen on ${host} port ${port}: ${why}`, {
      ...(hint !== undefined && { hint }),
      cause: error,
    });
  }
}

const UNAVAILABLE: Readonly<Record<string, { readonly why: string; readonly hint: string }>> = {
  EACCES: { why: 'permission denied', hint: 'ports below 1024 need special rights: choose a higher one' },
  EADDRNOTAVAIL: {
    why: 'this is no address of this machine',
    hint: 'the usual one is 127.0.0.1; 0.0.0.0 is all addresses this machine has',
  },
  ENOTFOUND: { why: 'there is no such name', hint: 'check its spelling, or use an address: 127.0.0.1' },
  EAI_AGAIN: { why: 'the name could not be looked up', hint: 'use an address: 127.0.0.1' },
};

function whyUnavailable(error: unknown, code: unknown): { readonly why: string; readonly hint?: string } {
  return UNAVAILABLE[String(code)] ?? { why: error instanceof Error ? error.message : String(error) };
}
