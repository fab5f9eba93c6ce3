import type { Readable, Writable } from 'node:stream';
import { MESSAGE_STATUSES, type MessageStatus, STATUS_FACTS } from '../domain/status.ts';

/** Where questions are asked, and what ends them. */
export interface PromptContext {
  readonly input: Readable;
  readonly output: Writable;
  readonly signal: AbortSignal;
}

/** Asks which status to generate. Rejects with an error of the prompt library when it is left. */
export async function askStatus(context: PromptContext): Promise<MessageStatus> {
  const { select } = await import('@inquirer/prompts');
  const choices = MESSAGE_STATUSES.map((status) => ({
    value: status,
    name: `${status.padEnd(10)} ${STATUS_FACTS[status].meaning}`,
    short: status,
  }));
  return select({ message: 'Which status?', choices, pageSize: choices.length }, context);
}

/** Asks a question that is answered by yes or no; no is the default. */
export async function askConfirmation(message: string, context: PromptContext): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  return confirm({ message, default: false }, context);
}

/** Asks where to deliver. What is answered is checked, and asked for again, until `parse` takes it. */
export async function askTarget(parse: (text: string) => URL, context: PromptContext): Promise<string> {
  const { input } = await import('@inquirer/prompts');
  const validate = (text: string): true | string => {
    try {
      parse(text.trim());
      return true;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const message = 'Deliver where? A port is enough, like 3000/webhooks:';
  return (await input({ message, validate }, context)).trim();
}
