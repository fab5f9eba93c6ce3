import { isLoopback, shownUrl } from '../../domain/delivery/target.ts';
import { CallbellStatusError } from '../../errors.ts';
import type { DeliverOptions } from '../../io/deliver/deliver-options.ts';
import { canPrompt, type Environment } from '../environment.ts';

/** Describes where events go, with what is secret in it masked. */
export function describeTarget({
  url,
  proxy,
  proxyVariable,
}: Pick<DeliverOptions, 'url' | 'proxy' | 'proxyVariable'>): string {
  if (proxy === undefined) return shownUrl(url);
  const from = proxyVariable === undefined ? '' : ` (from ${proxyVariable})`;
  return `${shownUrl(url)} through the proxy ${shownUrl(proxy)}${from}`;
}

/**
 * Makes sure that events may be delivered to a target: this machine is always fine, any other must be meant.
 *
 * @throws {CallbellStatusError} `usage` when it may not be, or when the question was declined
 */
export async function approveTarget(url: URL, yes: boolean, environment: Environment): Promise<void> {
  if (yes || isLoopback(url)) return;
  if (!canPrompt(environment)) {
    throw new CallbellStatusError('usage', `${url.host} is not this machine`, {
      hint: 'if you mean it, say so with --yes',
    });
  }
  const { askConfirmation } = await import('../../ui/prompts.ts');
  const { stdin: input, stderr: output, signal } = environment;
  const question = `${url.host} is not this machine. Deliver there?`;
  if (await askConfirmation(question, { input, output, signal })) return;
  throw new CallbellStatusError('usage', 'declined: nothing was delivered');
}
