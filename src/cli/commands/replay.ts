import { addDeliveryOptions } from '../deliver/delivery-flags.ts';
import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import { parseSeed, parseStatuses, parseWholeNumber } from '../flags.ts';
import type { Program } from '../program.ts';
import { repeatable } from '../repeated-flags.ts';
import { OverrideCollector } from '../simulate/overrides.ts';
import { LARGEST_EVENT_MIB } from '../validate/validate-flags.ts';
import { parseSize, parseUuids } from '../value-parsers.ts';

/** Declares `replay`: deliver captured events, byte for byte. */
export function addReplayCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  const changes = new OverrideCollector();
  const replay = program
    .command('replay')
    .summary('deliver captured events to a URL, byte for byte')
    .description('Deliver captured events to a URL, one after another, as the bytes they are in the file.')
    .argument('<files...>', 'captures of any kind; - is standard input');
  addDeliveryOptions(replay)
    .optionsGroup('Which:')
    .option('-s, --status <status>', 'only events with one of these statuses', repeatable(parseStatuses))
    .option('--uuid <uuid>', 'only events of these messages; its beginning is enough', repeatable(parseUuids))
    .option('--skip <number>', 'pass over so many of them', parseWholeNumber(0))
    .option('--limit <number>', 'deliver so many of them at most', parseWholeNumber(1))
    .option('--max-event <size>', 'larger events are not sent (default: 10MiB)', parseSize(LARGEST_EVENT_MIB))
    .optionsGroup('Changes to the events (they are then written anew):')
    .option('--fresh', 'new uuids and ids that belong together, and times moved to now')
    .option('--set <path=text>', 'replace a value: payload.contact.name=Ada', repeatable(changes.set))
    .option('--set-json <path=json>', 'replace a value by any JSON', repeatable(changes.setJson))
    .option('--unset <path>', 'take a value away: payload.contact.tags[0]', repeatable(changes.unset))
    .option('--set-new', 'let --set and --set-json make paths that are not there')
    .option('--seed <number>', 'the same seed gives the same --fresh, --shuffle and --duplicate', parseSeed)
    .optionsGroup('Output:')
    .option('--json', 'one delivery a line, then the summary, as JSON')
    .option('-q, --quiet', 'the summary only')
    .option('--force', 'overwrite the files of --report and --failures')
    .addHelpText(
      'after',
      `
Examples:
  $ callbell-status replay captured.json --to 3000/webhooks
  $ callbell-status replay captured.ndjson --to 3000 -c 50 --failures failed.ndjson
  $ callbell-status replay captured.ndjson --to 3000 --timing original --speed 10x
  $ callbell-status simulate --status all | callbell-status replay - --to 3000`,
    )
    .action(async (files, _options, command) => {
      const { replayCaptures } = await import('../deliver/replay-captures.ts');
      settle(await replayCaptures(files, command.optsWithGlobals(), changes.overrides, environment));
    });
}
