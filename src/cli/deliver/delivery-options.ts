import { readFile } from 'node:fs/promises';
import { type NamedProxy, proxyFor } from '../../domain/delivery/proxy.ts';
import { isCallbell } from '../../domain/delivery/target.ts';
import { SIGNATURE_HEADER } from '../../domain/signature.ts';
import { CallbellStatusError } from '../../errors.ts';
import type { DeliverOptions } from '../../io/deliver/deliver-options.ts';
import type { Environment } from '../environment.ts';
import { readSecret, SECRET_VARIABLE } from '../secret.ts';
import type { DeliveryFlags } from './delivery-flags.ts';

/**
 * Makes the options of the delivery engine from flags and environment.
 *
 * @throws {CallbellStatusError} `usage` for what contradicts itself, `unreadable-source` for the file of --ca
 */
export async function toDeliverOptions(
  flags: DeliveryFlags,
  environment: Environment,
): Promise<DeliverOptions> {
  const { to: url, concurrency, rate, header, signatureFault, timeout, strict, bail, insecure, ca } = flags;
  const { variables, now } = environment;
  const secret = signingSecret(flags, environment);
  return {
    url,
    keepOrder: flags.shuffle !== true,
    now: () => now().getTime(),
    ...(concurrency !== undefined && { concurrency }),
    ...(rate !== undefined && { ratePerSecond: rate }),
    ...(header !== undefined && { headers: header }),
    ...(secret !== undefined && { secret }),
    ...(signatureFault !== undefined && { signatureFault }),
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(strict !== undefined && { strict }),
    ...(bail !== undefined && { bail }),
    ...(insecure !== undefined && { insecure }),
    ...(ca !== undefined && { certificates: await readCertificates(ca) }),
    ...toProxy(proxyFor(url, variables)),
    ...toRetryPolicy(flags),
  };
}

function signingSecret(flags: DeliveryFlags, environment: Environment): string | undefined {
  const { signatureFault, header } = flags;
  const secret = readSecret(flags.secretEnv, environment.variables, false)?.value;
  if (signatureFault !== undefined && secret === undefined) {
    throw new CallbellStatusError(
      'usage',
      '--signature-fault needs a secret: without one nothing is signed',
      {
        hint: `for example: export ${SECRET_VARIABLE}=whsec_…`,
      },
    );
  }
  if (
    secret !== undefined &&
    header?.some(({ name }) => name.toLowerCase() === SIGNATURE_HEADER.toLowerCase())
  ) {
    throw new CallbellStatusError(
      'usage',
      `${SIGNATURE_HEADER} is made from the secret: it cannot be given as well`,
      {
        hint: 'to send bad ones there is --signature-fault',
      },
    );
  }
  return secret;
}

function toRetryPolicy({
  retries,
  retrySchedule: schedule,
  maxWait,
}: DeliveryFlags): Pick<DeliverOptions, 'retry'> {
  const count = retries ?? schedule?.length;
  if (count === undefined) return {};
  return {
    retry: {
      retries: count,
      ...(schedule !== undefined && { schedule }),
      ...(maxWait !== undefined && { maxWaitMs: maxWait }),
    },
  };
}

function toProxy(named: NamedProxy | undefined): Pick<DeliverOptions, 'proxy' | 'proxyVariable'> {
  if (named === undefined) return {};
  const { text, variable } = named;
  const complete = text.includes('://') ? text : `http://${text}`;
  const proxy = URL.canParse(complete) ? new URL(complete) : undefined;
  const hint = `correct ${variable}, or make an exception with NO_PROXY`;
  if (proxy === undefined || !/^https?:$/.test(proxy.protocol)) {
    // The text is not repeated: it may hold a password.
    throw new CallbellStatusError('usage', `the proxy that ${variable} names is no http:// or https:// URL`, {
      hint,
    });
  }
  if (isCallbell(proxy)) {
    throw new CallbellStatusError('usage', `the proxy that ${variable} names is Callbell itself`, { hint });
  }
  return { proxy, proxyVariable: variable };
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

/**
 * Reads certificates to trust.
 *
 * @throws {CallbellStatusError} `unreadable-source`, or `usage` where there is none in the file
 */
export async function readCertificates(file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = UNREADABLE[code] ?? (cause instanceof Error ? cause.message : String(cause));
    throw new CallbellStatusError('unreadable-source', `cannot read the certificates in ${file}: ${why}`, {
      cause,
    });
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new CallbellStatusError('usage', `there is no certificate in ${file}`, {
    hint: 'it must be in PEM: a text with BEGIN CERTIFICATE',
  });
}
