import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import { parsePort, parseSeed, parseStatuses, parseTarget, parseWholeNumber } from '../flags.ts';
import {
  collectNames,
  parseCommand,
  parseDelay,
  parseFaults,
  parseHost,
  parseRecord,
  parseRedact,
  parseRespond,
  parseShare,
  parseShow,
  parseSpan,
} from '../listen/parsers.ts';
import type { Program } from '../program.ts';
import { repeatable } from '../repeated-flags.ts';
import { parseSize, parseUuidBeginning, parseVariable } from '../value-parsers.ts';

const EXAMPLES = `
Examples:
  $ callbell-status listen --port 3000
  $ callbell-status listen --forward-to 8000/webhooks --record today.ndjson
  $ callbell-status listen --respond 500,200 --delay 2s±500ms
  $ callbell-status listen --port 0 --expect sent,delivered,read --timeout 30s --json
  $ callbell-status listen --port 0 --until read --exec 'npm test'

An event counts for --until, --expect and --max-events unless it was refused here (a signature, a size, a
Host, not recorded), or the first --forward-to target did not accept it. Failing on purpose does not matter.

Exit codes: 0 when what was expected came true (or nothing was), 1 when not or when the --exec command
failed, 3 when it could not listen or record, 130 when interrupted with something still expected.`;

/** Declares `listen`: receive events locally and show what they are. */
export function addListenCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  program
    .command('listen')
    .summary('receive events locally: show, check, record, forward, misbehave, assert')
    .description(
      'Receive events on this machine, answer each with 200 and {"status":"ok"}, and print a line for each.',
    )
    .optionsGroup('Where:')
    .option('-p, --port <port>', 'the port to listen on; 0 picks a free one', parsePort, 3000)
    .option('--host <address>', 'the address to listen on', parseHost, '127.0.0.1')
    .option(
      '--allow-host <name>',
      "answer to this Host too, a tunnel's for example",
      repeatable(collectNames),
    )
    .optionsGroup('What is shown:')
    .option(
      '--show <view>',
      'event (the whole event below its line) or timeline (a row a message)',
      parseShow,
    )
    .option('-s, --status <status>', 'show only these statuses', repeatable(parseStatuses))
    .option(
      '--uuid <uuid>',
      'show, and expect from, only this message; its beginning is enough',
      parseUuidBeginning,
    )
    .option('-v, --verbose', 'also the whole uuid, the name, the path, and notes')
    .option('--json', 'ready, then one arrival a line, then the summary, as JSON')
    .option('-q, --quiet', 'the summary only')
    .optionsGroup('Record and forward:')
    .option('--record <file>', 'append each request to this file before it is answered', parseRecord)
    .option('--record-sync', 'force each one to the disk, against power cuts')
    .option(
      '--redact [keep-tags]',
      'mask in the file what may tell a person: all but times, statuses, codes, uuids',
      parseRedact,
    )
    .option(
      '-f, --forward-to <url>',
      'pass each request on to exactly this URL (a bare host or port: to its own path); the first target answers',
      repeatable(collectTargets),
    )
    .option('--forward-timeout <duration>', 'how long a target may take (default: 10s)', parseSpan)
    .option('-y, --yes', 'forward to another machine without asking')
    .optionsGroup('Expect:')
    .option(
      '--until <status>',
      'end when this status has come; several: when all have',
      repeatable(parseStatuses),
    )
    .option(
      '--expect <statuses>',
      'every message must come through these, in this order',
      repeatable(parseStatuses),
    )
    .option('--max-events <number>', 'end after so many events', parseWholeNumber(1))
    .option('--timeout <duration>', 'end after this time, whatever came', parseSpan)
    .option('--fail-on-invalid', 'an arrival with an error is a failure, and ends it')
    .option(
      '--exec <command>',
      'run this once ready, with CALLBELL_STATUS_URL, and end with it',
      parseCommand,
    )
    .optionsGroup('Signatures (with CALLBELL_WEBHOOK_SECRET set):')
    .option('--secret-env <name>', 'the environment variable that holds the secret', parseVariable)
    .option('--tolerance <duration>', 'how old a signature may be (default: 5m)', parseSpan)
    .option('--require-signature', 'answer 401 to what is not verified')
    .optionsGroup('Misbehave:')
    .option(
      '--respond <statuses>',
      'answer so: 500, or 200,500 in turn, or failed=500',
      repeatable(parseRespond),
    )
    .option('--delay <duration>', 'answer late: 2s, or 2s±500ms', parseDelay)
    .option('--fault <kinds>', 'reset, hang, empty, slow-body, malformed', repeatable(parseFaults))
    .option('--fault-rate <share>', 'how many requests get a fault: 0.2 or 20%', parseShare)
    .option('--seed <number>', 'the same seed fails the same requests', parseSeed)
    .option('--max-body <size>', 'larger bodies are answered 413 (default: 1MiB)', parseSize(100))
    .addHelpText('after', EXAMPLES)
    .action(async (_options, command) => {
      const { listen } = await import('../listen/listen.ts');
      settle(await listen(command.optsWithGlobals(), environment));
    });
}

function collectTargets(value: string, previous: readonly URL[] = []): URL[] {
  return [...previous, parseTarget(value)];
}
