import type { Readable, Writable } from 'node:stream';

/** Where questions are asked, and what ends them. */
export interface PromptContext {
  readonly input: Readable;
  readonly output: Writable;
  readonly signal: AbortSignal;
  /** How wide the terminal is, where that is known. */
  readonly columns?: number | undefined;
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
