import type { OptionValues, Command as TypedCommand } from '@commander-js/extra-typings';
import type { Command } from 'commander';
import type { Duplication } from '../../domain/delivery/disorder.ts';
import type { RequestHeader } from '../../domain/delivery/request-headers.ts';
import type { SignatureFault } from '../../domain/signature-fault.ts';
import { CallbellStatusError } from '../../errors.ts';
import { parseDuration, parsePath, parseTarget, parseWholeNumber } from '../flags.ts';
import { repeatable } from '../repeated-flags.ts';
import { parseVariable } from '../value-parsers.ts';
import {
  parseDuplication,
  parseHeader,
  parsePrint,
  parseRate,
  parseSchedule,
  parseSignatureFault,
  parseSpeed,
  parseTimeout,
  parseTiming,
} from './delivery-parsers.ts';

/** How to deliver, as flags say it; the same for every command that delivers. */
export interface DeliveryFlags {
  readonly to: URL;
  readonly yes?: boolean | undefined;
  readonly header?: readonly RequestHeader[] | undefined;
  readonly secretEnv?: string | undefined;
  readonly signatureFault?: SignatureFault | undefined;
  readonly concurrency?: number | undefined;
  /** In a second. */
  readonly rate?: number | undefined;
  readonly timing?: 'fast' | 'original' | undefined;
  readonly speed?: number | undefined;
  /** In milliseconds, as all durations. */
  readonly maxGap?: number | undefined;
  readonly duplicate?: Duplication | undefined;
  readonly shuffle?: boolean | undefined;
  readonly seed?: number | undefined;
  readonly retries?: number | undefined;
  readonly retrySchedule?: readonly number[] | undefined;
  readonly maxWait?: number | undefined;
  readonly timeout?: number | undefined;
  readonly strict?: boolean | undefined;
  readonly bail?: boolean | undefined;
  readonly insecure?: boolean | undefined;
  readonly ca?: string | undefined;
  readonly report?: string | undefined;
  readonly failures?: string | undefined;
  /** Whether files that are there may be overwritten. */
  readonly force?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly print?: 'curl' | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly color?: boolean | undefined;
}

const MOST_CONNECTIONS = 1000;
const MOST_RETRIES = 1000;

/**
 * Declares the flags of delivering on a command; `--json`, `--quiet`, `--seed` and `--force` are the command's own.
 * Their types are stated, not inferred: inference over so long a chain takes the compiler gigabytes.
 */
export function addDeliveryOptions<
  Arguments extends unknown[],
  Own extends OptionValues,
  Global extends OptionValues,
>(command: TypedCommand<Arguments, Own, Global>): TypedCommand<Arguments, Own & DeclaredFlags, Global> {
  declare(command as unknown as Command);
  return command as unknown as TypedCommand<Arguments, Own & DeclaredFlags, Global>;
}

type DeclaredFlags = Partial<Omit<DeliveryFlags, 'json' | 'quiet' | 'seed' | 'force' | 'color'>>;

function declare(command: Command): void {
  command
    .optionsGroup('Delivering:')
    .option('--to <url>', 'where to deliver; a port is enough: 3000/webhooks', parseTarget)
    .option('-y, --yes', 'deliver to another machine without asking')
    .option('--dry-run', 'show what would be sent, and open no connection')
    .option('--print <format>', 'curl: print commands that send the same, and send nothing', parsePrint)
    .option(
      '-H, --header <header>',
      "a header of one's own, 'Name: value'; repeatable",
      repeatable(parseHeader),
    )
    .option('--timeout <duration>', 'for connecting, headers and body, each (default: 10s)', parseTimeout)
    .option('--ca <file>', 'trust the certificates in this PEM file, too', parsePath)
    .option('--insecure', 'trust every certificate')
    .optionsGroup('Judging:')
    .option('--strict', "accept only 200, as one of Callbell's pages does")
    .option('--bail', 'send no more after the first that is not accepted')
    .option(
      '--retries <number>',
      'after no answer, 429 or 5xx (default: 0)',
      parseWholeNumber(0, MOST_RETRIES),
    )
    .option(
      '--retry-schedule <waits>',
      'waits before retries, like 1s,10s,1m; else they double',
      repeatable(parseSchedule),
    )
    .option('--max-wait <duration>', 'cut a longer Retry-After to this (default: 5m)', parseDuration)
    .option('--failures <file>', 'every event that was not accepted or not sent, to be replayed', parsePath)
    .option('--report <file>', 'a line of JSON for every delivery', parsePath)
    .optionsGroup('Pace and order:')
    .option(
      '-c, --concurrency <number>',
      'at once (default: 1); a message keeps its order',
      parseWholeNumber(1, MOST_CONNECTIONS),
    )
    .option('--rate <rate>', 'at most so many, like 20/s or 300/m', parseRate)
    .option('--timing <timing>', 'fast, or original: at the gaps they came in (default: fast)', parseTiming)
    .option('--speed <factor>', 'with --timing original: faster, like 10x', parseSpeed)
    .option('--max-gap <duration>', 'with --timing original: never wait longer', parseTimeout)
    .option('--duplicate <number>', 'repeat each so often, or a share of them: 2, 10%', parseDuplication)
    .option('--shuffle', 'send in a random order, by --seed')
    .optionsGroup('Signature:')
    .option(
      '--secret-env <name>',
      'the variable with the secret (default: CALLBELL_WEBHOOK_SECRET)',
      parseVariable,
    )
    .option(
      '--signature-fault <fault>',
      'sign badly: missing, wrong, stale or other-body',
      parseSignatureFault,
    );
}

const NEEDS_TARGET = {
  yes: '--yes',
  dryRun: '--dry-run',
  print: '--print',
  header: '--header',
  timeout: '--timeout',
  ca: '--ca',
  insecure: '--insecure',
  strict: '--strict',
  bail: '--bail',
  retries: '--retries',
  retrySchedule: '--retry-schedule',
  maxWait: '--max-wait',
  failures: '--failures',
  report: '--report',
  concurrency: '--concurrency',
  rate: '--rate',
  timing: '--timing',
  speed: '--speed',
  maxGap: '--max-gap',
  duplicate: '--duplicate',
  shuffle: '--shuffle',
  secretEnv: '--secret-env',
  signatureFault: '--signature-fault',
} as const satisfies Partial<Record<keyof DeliveryFlags, string>>;

/**
 * Refuses flags about delivering where nothing is delivered: a flag is never accepted and ignored.
 *
 * @throws {CallbellStatusError} `usage`
 */
export function rejectWithoutTarget(flags: Omit<DeliveryFlags, 'to'>): void {
  const stray = Object.entries(NEEDS_TARGET).find(
    ([key]) => flags[key as keyof typeof NEEDS_TARGET] !== undefined,
  );
  if (stray === undefined) return;
  throw new CallbellStatusError('usage', `${stray[1]} is about delivering, and nothing is delivered`, {
    hint: 'say where to with --to, for example --to 3000',
  });
}

/**
 * Refuses flags that mean nothing without another.
 *
 * @throws {CallbellStatusError} `usage`
 */
export function rejectContradictions(flags: DeliveryFlags): void {
  rejectTimingContradictions(flags);
  rejectRetryContradictions(flags);
  rejectIdleTrust(flags);
  const { dryRun, print, failures, report, json } = flags;
  if (json && print !== undefined) {
    throw new CallbellStatusError('usage', '--print curl prints commands, which --json has no form for', {
      hint: '--dry-run --json shows the same requests as JSON',
    });
  }
  if (!dryRun && print === undefined) return;
  if (dryRun && print !== undefined) {
    throw new CallbellStatusError('usage', '--dry-run and --print both say what to show: give one of them');
  }
  if (failures === undefined && report === undefined) return;
  const kept = failures === undefined ? '--report' : '--failures';
  const unsent = dryRun ? '--dry-run' : '--print';
  throw new CallbellStatusError('usage', `${kept} is about deliveries, and ${unsent} makes none`);
}

function rejectTimingContradictions({ timing, speed, maxGap, shuffle }: DeliveryFlags): void {
  if (timing !== 'original' && (speed !== undefined || maxGap !== undefined)) {
    const flag = speed === undefined ? '--max-gap' : '--speed';
    throw new CallbellStatusError('usage', `${flag} is about the recorded gaps, which are not kept`, {
      hint: 'keep them with --timing original',
    });
  }
  if (timing === 'original' && shuffle) {
    throw new CallbellStatusError('usage', '--shuffle gives up the order that --timing original keeps');
  }
}

function rejectRetryContradictions({ retries, retrySchedule, maxWait }: DeliveryFlags): void {
  if (maxWait !== undefined && !retries && retrySchedule === undefined) {
    throw new CallbellStatusError('usage', '--max-wait is about Retry-After, which only retries obey', {
      hint: 'for example: --retries 3 --max-wait 30s',
    });
  }
  if (retries === undefined || retrySchedule === undefined || retries >= retrySchedule.length) return;
  throw new CallbellStatusError(
    'usage',
    `--retry-schedule has more waits (${retrySchedule.length}) than --retries allows (${retries})`,
    { hint: 'leave --retries out: it is as many as there are waits' },
  );
}

/** Certificates matter where a connection is encrypted, and only one way of trusting them can hold. */
function rejectIdleTrust({ to, insecure, ca }: DeliveryFlags): void {
  if (insecure && ca !== undefined) {
    throw new CallbellStatusError('usage', '--insecure trusts every certificate, so that --ca does nothing', {
      hint: 'leave --insecure out',
    });
  }
  if (to.protocol === 'https:' || !(insecure || ca !== undefined)) return;
  throw new CallbellStatusError(
    'usage',
    `${insecure ? '--insecure' : '--ca'} is about https://, and this is ${to.protocol}//`,
    {
      hint: `write the scheme: --to https://${to.host}`,
    },
  );
}
