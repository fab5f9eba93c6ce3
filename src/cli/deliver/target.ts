import { isCallbell, isLoopback, shownUrl } from '../../domain/delivery/target.ts';
import { CallbellStatusError } from '../../errors.ts';
import { visible } from '../../ui/visible.ts';
import { canPrompt, type Environment } from '../environment.ts';
import { write } from '../output.ts';

/**
 * Refuses Callbell itself as a target.
 *
 * @throws {CallbellStatusError} `usage`
 */
export function rejectCallbell(url: URL): void {
  if (!isCallbell(url)) return;
  throw new CallbellStatusError('usage', `${url.host} is Callbell itself: events are never sent there`, {
    hint: 'name the URL of your own handler',
  });
}

/**
 * Makes sure that events may be delivered to a target, and says where they go. This machine is always fine,
 * Callbell never is, anything else must be meant.
 *
 * @throws {CallbellStatusError} `usage` when it may not be, `interrupted` when the question was declined
 */
export async function approveTarget(
  { url, proxy }: { readonly url: URL; readonly proxy?: URL },
  yes: boolean,
  environment: Environment,
): Promise<void> {
  rejectCallbell(url);
  const through = proxy === undefined ? '' : ` through the proxy ${shownUrl(proxy)}`;
  await write(environment.stderr, `delivering to ${visible(shownUrl(url) + through)}\n`);
  if (yes || isLoopback(url)) return;
  if (!canPrompt(environment)) {
    throw new CallbellStatusError('usage', `${url.host} is not this machine`, {
      hint: 'if you mean it, say so with --yes',
    });
  }
  const { askConfirmation } = await import('../../ui/prompts.ts');
  const { stdin: input, stderr: output, signal } = environment;
  const question = `${url.host} is not this machine. Deliver there?`;
  if (!(await askConfirmation(question, { input, output, signal }))) {
    throw new CallbellStatusError('interrupted', 'nothing was delivered');
  }
}
