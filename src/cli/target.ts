import { CallbellStatusError } from '../errors.ts';
import { canPrompt, type Environment } from './environment.ts';
import { write } from './output.ts';

/**
 * Makes sure that events may be delivered to a target, and says where they go. This machine is always fine,
 * Callbell never is, anything else must be meant.
 *
 * @throws {CallbellStatusError} `usage` when it may not be, `interrupted` when the question was declined
 */
export async function approveTarget(url: URL, yes: boolean, environment: Environment): Promise<void> {
  const hostname = url.hostname.replace(/\.$/, '');
  if (hostname === 'callbell.eu' || hostname.endsWith('.callbell.eu')) {
    throw new CallbellStatusError(
      'usage',
      `${url.host} is Callbell itself: simulated events are never sent there`,
      {
        hint: 'name the URL of your own handler',
      },
    );
  }
  await write(environment.stderr, `delivering to ${url.href}\n`);
  if (yes || isLoopback(hostname)) return;
  if (!canPrompt(environment)) {
    throw new CallbellStatusError('usage', `${url.host} is not this machine`, {
      hint: 'if you mean it, say so with --yes',
    });
  }
  const { askConfirmation } = await import('../ui/prompts.ts');
  const { stdin: input, stderr: output, signal } = environment;
  if (
    !(await askConfirmation(`${url.host} is not this machine. Deliver there?`, { input, output, signal }))
  ) {
    throw new CallbellStatusError('interrupted', 'nothing was delivered');
  }
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
