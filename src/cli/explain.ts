import { explainableTopics, explainTopic, nearestTopics } from '../domain/explanation.ts';
import { CallbellStatusError } from '../errors.ts';
import { formatExplanation, formatTopics } from '../ui/explanation-text.ts';
import { createStyle } from '../ui/style.ts';
import { colorLevel, type Environment } from './environment.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { write } from './output.ts';

/** The flags of `explain`. */
export interface ExplainFlags {
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/**
 * Explains topics, or lists them all where none is named.
 *
 * @throws {CallbellStatusError} `usage` for a topic that there is not, with the nearest one
 */
export async function explain(
  names: readonly string[],
  { json, color }: ExplainFlags,
  { stdout, variables }: Environment,
): Promise<ExitCode> {
  const style = await createStyle(colorLevel(stdout, variables, color));
  const look = { width: stdout.columns ?? 100, style };
  const topics = explainableTopics();
  if (names.length === 0 && !json) {
    const lists = [
      ['statuses', topics.status],
      ['problems', topics.problem],
      ['conformance cases', topics.case],
      ['failure codes', topics.failure],
      ['words', topics.word],
    ] as const;
    await write(stdout, formatTopics(lists, look));
    return EXIT_CODES.ok;
  }
  const wanted = names.length > 0 ? names : Object.values(topics).flat();
  const explanations = wanted.map((name) => explainTopic(name.toLowerCase()) ?? unknownTopic(name));
  const texts = explanations.map((each) =>
    json ? `${JSON.stringify(each)}\n` : formatExplanation(each, look),
  );
  await write(stdout, texts.join(json ? '' : '\n'));
  return EXIT_CODES.ok;
}

function unknownTopic(name: string): never {
  const isCode = /^\d+$/.test(name);
  const message = isCode
    ? `the failure code ${name} is in no catalogue; a handler should treat the message as failed all the same`
    : `there is nothing to explain about ${JSON.stringify(name)}`;
  const meant = nearestTopics(name).map((each) => JSON.stringify(each));
  const all = `callbell-status explain ${isCode ? 'unknown-failure-code' : 'lists all there is'}`;
  throw new CallbellStatusError('usage', message, {
    hint: meant.length === 0 ? all : `did you mean ${meant.join(', ')}?`,
  });
}
