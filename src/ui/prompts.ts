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
