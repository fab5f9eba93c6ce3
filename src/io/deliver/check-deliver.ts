import {
  callback,
  flag,
  instanceOf,
  is,
  listOf,
  milliseconds,
  type OptionChecks,
  oneOf,
  optionsOf,
  required,
  secretText,
  webUrl,
  wholeNumber,
  words,
} from '../../domain/check-options.ts';
import { headerFault } from '../../domain/delivery/request-headers.ts';
import type { RetryPolicy } from '../../domain/delivery/retry.ts';
import { isCallbell } from '../../domain/delivery/target.ts';
import { isJsonObject, stringAt } from '../../domain/json.ts';
import { SIGNATURE_FAULTS } from '../../domain/signature-fault.ts';
import type { DeliverOptions } from './deliver-options.ts';

/** What each option of `deliver` and `deliverAll` takes. */
export const DELIVER_CHECKS: OptionChecks<DeliverOptions> = {
  url: required(webUrl),
  timeoutMs: milliseconds(1),
  concurrency: wholeNumber(1),
  keepOrder: flag,
  ratePerSecond: is((value) => typeof value === 'number' && value > 0, 'a number above 0'),
  headers: listOf(is(isHeader, 'a header as { name, value }, of characters that a header may have')),
  secret: secretText,
  signatureFault: oneOf(SIGNATURE_FAULTS),
  retry: optionsOf<RetryPolicy>({
    retries: required(wholeNumber(0)),
    schedule: listOf(milliseconds(), 1),
    maxWaitMs: milliseconds(),
  }),
  strict: flag,
  bail: flag,
  certificates: words,
  insecure: flag,
  proxy: is(isProxy, 'a URL of http or https, and not of Callbell'),
  proxyVariable: words,
  signal: instanceOf(AbortSignal),
  hurry: instanceOf(AbortSignal),
  now: callback,
  onRetry: callback,
};

/** The bytes of an event to deliver. What else it carries is its owner's. */
export const eventBytes = is(
  (value) => value instanceof Uint8Array,
  'the bytes to send: a Buffer or Uint8Array',
);

function isProxy(value: unknown): boolean {
  return value instanceof URL && /^https?:$/.test(value.protocol) && !isCallbell(value);
}

function isHeader(value: unknown): boolean {
  const [name, text] = [stringAt(value, 'name'), stringAt(value, 'value')];
  if (!isJsonObject(value) || name === undefined || text === undefined) return false;
  return headerFault({ name, value: text }) === undefined;
}
