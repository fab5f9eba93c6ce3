import { CATEGORY_NAMES } from '../../domain/generate/categories.ts';
import { DEFAULT_ERA, ERA_NAMES } from '../../domain/generate/era.ts';
import { COUNTRY_CODES } from '../../domain/generate/fictional-numbers.ts';
import { SCENARIO_NAMES } from '../../domain/generate/scenarios.ts';
import { VARIANT_NAMES } from '../../domain/generate/variants.ts';
import { MESSAGE_STATUSES } from '../../domain/status.ts';
import { addDeliveryOptions } from '../deliver/delivery-flags.ts';
import type { Environment } from '../environment.ts';
import { EXIT_CODES, type ExitCode } from '../exit-code.ts';
import { parseMoment, parsePath, parseSeed, parseStatuses, parseWholeNumber } from '../flags.ts';
import type { Program } from '../program.ts';
import { repeatable } from '../repeated-flags.ts';
import * as parse from '../simulate/flags.ts';
import { OverrideCollector } from '../simulate/overrides.ts';
import { parseUuid } from '../value-parsers.ts';

/** Declares `simulate`: generate realistic events; print, write or deliver them. */
export function addSimulateCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  const changes = new OverrideCollector();
  const simulation = program
    .command('simulate')
    .summary('generate realistic events; print, write or deliver them')
    .description(
      'Generate realistic events and print, write or deliver them. On a terminal, what is left open is asked for.',
    )
    .optionsGroup('What happens:')
    .option(
      '-s, --status <status>',
      `events of messages of their own: ${listed(MESSAGE_STATUSES)}`,
      repeatable(parseStatuses),
    )
    .option(
      '-S, --scenario <name>',
      `the life of a message: ${listed(SCENARIO_NAMES)}`,
      repeatable(parse.parseScenarios),
    )
    .option(
      '-f, --failure <code>',
      'why it fails, each code of --list; alone, it is --status failed',
      repeatable(parse.parseFailures),
    )
    .option('-n, --count <number>', 'how many messages of each (default: 1)', parseWholeNumber(1))
    .option(
      '--mix <weights>',
      'draw scenarios, categories and failures: usual, or weights as delivered=80,read=15,failed=5',
      repeatable(parse.parseMix),
    )
    .option('--interleave', 'let the messages overlap, as real traffic does')
    .option(
      '--within <duration>',
      'shorten lives, which take up to days, to 2m for example',
      parse.parseSeconds,
    )
    .option(
      '--from <file>',
      'start from captured events: take them as they are or, with a status or scenario, make events of their message',
      parsePath,
    )
    .option('--list', 'show all statuses, scenarios, failures and what is known of each')
    .optionsGroup('Who and what is inside:')
    .option(
      '-p, --provider <name>',
      'gupshup, cloud or none (default: gupshup)',
      parse.parseOneOf('provider', parse.PROVIDER_NAMES),
    )
    .option(
      '--category <name>',
      `${CATEGORY_NAMES.join(', ')} (default: service)`,
      parse.parseOneOf('category', CATEGORY_NAMES),
    )
    .option(
      '--era <name>',
      `forms of a time: ${ERA_NAMES.join(', ')} (default: ${DEFAULT_ERA})`,
      parse.parseOneOf('era', ERA_NAMES),
    )
    .option(
      '--variant <name>',
      `forms beside the usual one, see --list: ${VARIANT_NAMES.join(', ')}`,
      repeatable(parse.parseVariants),
    )
    .option(
      '--contact <kind>',
      'full, minimal, bsuid or none (default: full)',
      parse.parseOneOf('kind of contact', parse.CONTACT_NAMES),
    )
    .option(
      '--country <code>',
      `whose numbers, which reach nobody: ${listed(COUNTRY_CODES)} (default: GB)`,
      repeatable(parse.parseCountries),
    )
    .option('--phone <number>', 'a number of your own instead', parse.parsePhone)
    .option('--uuid <uuid>', 'a message of your own', parseUuid)
    .option(
      '--metadata <key=value>',
      'a pair that the sender attached; may be repeated',
      repeatable(parse.parseMetadata),
    )
    .optionsGroup('Changes to the events (in the order they are written):')
    .option('--set <path=text>', 'replace a value: payload.contact.name=Ada', repeatable(changes.set))
    .option('--set-json <path=json>', 'replace a value by any JSON', repeatable(changes.setJson))
    .option('--unset <path>', 'take a value away: payload.contact.tags[0]', repeatable(changes.unset))
    .option('--set-new', 'let --set and --set-json make paths that are not there')
    .optionsGroup('The same again:')
    .option('--seed <number>', 'the same seed and --now give the same bytes', parseSeed)
    .option(
      '--now <moment>',
      'when the last event happens, in ISO 8601 (default: now, or the end of the era)',
      parseMoment,
    )
    .optionsGroup('Output:')
    .option(
      '-o, --output <path>',
      'write to a .json or .ndjson file, to a folder/, one file an event, or to - (stdout)',
      parsePath,
    )
    .option('--force', 'overwrite what is there')
    .option('--json', 'one event a line, or one delivery a line with --to')
    .option('-q, --quiet', 'no notes; with --to, the summary only')
    .option('-v, --verbose', 'say what was overridden and what is assumed');
  addDeliveryOptions(simulation)
    .addHelpText(
      'after',
      `
Examples:
  $ callbell-status simulate --status failed
  $ callbell-status simulate --scenario late-sent --to 3000/webhooks
  $ callbell-status simulate --failure 131047 --set payload.contact.name=Ada
  $ callbell-status simulate --mix usual -n 100 --interleave -o events.ndjson`,
    )
    .action(async (_options, command) => {
      const flags = command.optsWithGlobals();
      if (flags.list) {
        const { checkFlags } = await import('../simulate/check.ts');
        checkFlags(flags, []);
        const { listSimulations } = await import('../simulate/list.ts');
        await listSimulations(flags, environment);
        return settle(EXIT_CODES.ok);
      }
      const { simulate } = await import('../simulate/simulate.ts');
      settle(await simulate(flags, changes.overrides, program.args.slice(1), environment));
    });
}

function listed(names: readonly string[]): string {
  return `${names.join(', ')}, all`;
}
