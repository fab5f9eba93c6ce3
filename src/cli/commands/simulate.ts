import type { StatusEvent } from '../../domain/event.ts';
import { type MessageStatus, STATUS_FACTS } from '../../domain/status.ts';
import { CallbellStatusError } from '../../errors.ts';
import { addDeliveryOptions, rejectWithoutTarget } from '../delivery-flags.ts';
import { canPrompt, type Environment } from '../environment.ts';
import { EXIT_CODES, type ExitCode } from '../exit-code.ts';
import { parseMoment, parseSeed, parseStatuses, parseWholeNumber } from '../flags.ts';
import { write } from '../output.ts';
import type { Program } from '../program.ts';

/** Declares `simulate`: generate realistic events; print or deliver them. */
export function addSimulateCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  const simulate = program
    .command('simulate')
    .summary('generate realistic events; print or deliver them')
    .description('Generate realistic events, each of a message of its own, and print or deliver them.')
    .optionsGroup('What:')
    .option('-s, --status <status>', 'one or more of the seven statuses, or all', parseStatuses)
    .option('-n, --count <number>', 'how many events of each status', parseWholeNumber(1), 1)
    .option('--seed <number>', 'the same seed and --now give the same bytes', parseSeed)
    .option('--now <moment>', 'the time of the events, in ISO 8601 (default: now)', parseMoment);
  addDeliveryOptions(simulate)
    .optionsGroup('Output:')
    .option('--json', 'one event a line, or one delivery a line with --to')
    .option('-q, --quiet', 'no notes; with --to, the summary only')
    .addHelpText(
      'after',
      `
Examples:
  $ callbell-status simulate --status failed
  $ callbell-status simulate --status sent,delivered,read --to 3000/webhooks`,
    )
    .action(async (_options, command) => {
      const { color, ...options } = command.optsWithGlobals();
      const statuses = options.status ?? [await chooseStatus(environment)];
      const seed = options.seed ?? environment.randomSeed();
      const now = options.now ?? environment.now();
      const notes = notesOn(statuses, seed, now, options.seed === undefined);
      if (!options.quiet && notes !== '') await write(environment.stderr, notes);
      const events = await generate(statuses, options.count, seed, now);
      if (options.to === undefined) {
        rejectWithoutTarget(options);
        await print(events, options.json === true || statuses.length * options.count > 1, environment);
        return settle(EXIT_CODES.ok);
      }
      const source = { items: deliverables(events), total: statuses.length * options.count };
      const { deliverEvents } = await import('../deliver-events.ts');
      settle(await deliverEvents(source, { ...options, to: options.to, color }, environment));
    });
}

async function chooseStatus(environment: Environment): Promise<MessageStatus> {
  if (!canPrompt(environment)) {
    throw new CallbellStatusError('usage', 'which status? Name it with --status', {
      hint: 'for example: callbell-status simulate --status failed',
    });
  }
  const { askStatus } = await import('../../ui/prompts.ts');
  const { stdin: input, stderr: output, signal } = environment;
  const status = await askStatus({ input, output, signal });
  await write(output, `the same without a question: callbell-status simulate --status ${status}\n`);
  return status;
}

function notesOn(statuses: readonly MessageStatus[], seed: number, now: Date, seedIsNews: boolean): string {
  const deprecated = [...new Set(statuses)].filter((status) => STATUS_FACTS[status].deprecated);
  return [
    ...deprecated.map((status) => `note: "${status}" is deprecated: Meta does not support it any more\n`),
    ...(seedIsNews ? [`the same again: --seed ${seed} --now ${now.toISOString()}\n`] : []),
  ].join('');
}

async function generate(
  statuses: readonly MessageStatus[],
  count: number,
  seed: number,
  now: Date,
): Promise<Iterable<StatusEvent>> {
  const [{ createEntropy }, { generateEvent }] = await Promise.all([
    import('../../domain/generate/entropy.ts'),
    import('../../domain/generate/event.ts'),
  ]);
  const entropy = createEntropy({ seed, now });
  return (function* () {
    for (let round = 0; round < count; round += 1) {
      for (const status of statuses) yield generateEvent({ status }, entropy);
    }
  })();
}

const CHUNK_LENGTH = 65_536;

/** Prints events; in chunks, because a write for each would be most of the work. */
async function print(
  events: Iterable<StatusEvent>,
  asLines: boolean,
  { stdout, signal }: Environment,
): Promise<void> {
  let chunk = '';
  for (const event of events) {
    chunk += asLines ? `${JSON.stringify(event)}\n` : `${JSON.stringify(event, null, 2)}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    await write(stdout, chunk);
    chunk = '';
    if (signal.aborted) throw new CallbellStatusError('interrupted', 'interrupted');
  }
  if (chunk !== '') await write(stdout, chunk);
}

function* deliverables(events: Iterable<StatusEvent>) {
  let n = 0;
  for (const event of events) {
    n += 1;
    const { uuid, status } = event.payload;
    yield { source: `simulated:${n}`, bytes: Buffer.from(JSON.stringify(event)), uuid, status };
  }
}
