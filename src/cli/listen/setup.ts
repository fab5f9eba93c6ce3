import { shownTarget } from '../../domain/arrival/forward-url.ts';
import { isLoopback } from '../../domain/delivery/target.ts';
import { isLoopbackAddress } from '../../domain/loopback.ts';
import { CallbellStatusError } from '../../errors.ts';
import { inspectRecording } from '../../io/capture/existing-recording.ts';
import { rejectCallbell } from '../../io/deliver/reject-callbell.ts';
import { externalAddresses } from '../../io/listen/external-addresses.ts';
import type { ListenerOptions } from '../../io/listen/listener-options.ts';
import { SHORTEST_REDACTION_KEY } from '../../io/listen/redaction-key.ts';
import { wrap } from '../../ui/columns.ts';
import { count } from '../../ui/count.ts';
import type { Style } from '../../ui/style.ts';
import { visible } from '../../ui/visible.ts';
import { approveTarget } from '../deliver/target.ts';
import type { Environment } from '../environment.ts';
import { type NamedSecret, readSecret, SECRET_VARIABLE } from '../secret.ts';
import { isLeftToChance, type ListenFlags } from './flags.ts';
import { widthOfTalk } from './output-width.ts';

/** Everything that is decided before listening starts. */
export interface ListenSetup {
  readonly options: Omit<ListenerOptions, 'onNotice'>;
  /** What must be known, also where little is said. */
  readonly warnings: string;
  /** Where it listens and what it does, for people. */
  greeting(url: string): string;
}

/**
 * Turns the flags into what the receiver needs, and asks what must be asked.
 *
 * @throws {CallbellStatusError} `usage`, `interrupted`
 */
export async function setUpListening(
  flags: ListenFlags,
  environment: Environment,
  style: Style,
): Promise<ListenSetup> {
  const { secretEnv, requireSignature, tolerance } = flags;
  const isRequired = requireSignature === true || tolerance !== undefined;
  const secret = readSecret(secretEnv, environment.variables, isRequired);
  for (const target of flags.forwardTo ?? []) {
    refuseLoop(target, flags);
    rejectCallbell(target);
    await approveTarget(target, flags.yes === true, environment);
  }
  const seed = flags.seed ?? environment.randomSeed();
  const width = widthOfTalk(environment.stderr);
  const warnings = [
    hostWarning(flags.host, style),
    emptySecretNote(flags, environment),
    secretSpaceNote(secret),
    await appendingNote(flags.record),
    redactionNote(flags),
    seedNote(flags, seed),
  ]
    .filter((warning) => warning !== '')
    .flatMap((warning) => wrap(warning, width))
    .map((line) => `${line}\n`)
    .join('');
  return {
    options: receiverOptions(flags, secret?.value, redactionKeyFrom(flags, environment.variables), seed),
    warnings,
    greeting: (url) => `${greeting(url, flags, secret?.variable, style, width)}${warnings}\n`,
  };
}

/** The key of the masks where the variable sets one: masks are then the same in several recordings. */
function redactionKeyFrom({ redact }: ListenFlags, variables: Environment['variables']): string | undefined {
  const key = variables[REDACTION_KEY_VARIABLE];
  if (redact === undefined || key === undefined || key === '') return undefined;
  if (key.length >= SHORTEST_REDACTION_KEY) return key;
  throw new CallbellStatusError(
    'usage',
    `${REDACTION_KEY_VARIABLE} has less than ${SHORTEST_REDACTION_KEY} characters`,
    {
      hint: 'a random one: openssl rand -hex 32',
    },
  );
}

const REDACTION_KEY_VARIABLE = 'CALLBELL_STATUS_REDACTION_KEY';

/** A secret from a file often ends with a line feed, which is then part of the key. */
function secretSpaceNote(secret: NamedSecret | undefined): string {
  if (secret === undefined || secret.value === secret.value.trim()) return '';
  return `note: ${secret.variable} begins or ends with white space, which is part of the secret`;
}

/** @throws {CallbellStatusError} `usage` where the file is no recording */
async function appendingNote(file: string | undefined): Promise<string> {
  if (file === undefined) return '';
  const { requests, isMore } = await inspectRecording(file);
  if (requests === 0) return '';
  return `note: appending to ${visible(file)}: ${isMore ? 'more than ' : ''}${count(requests, 'request')} there`;
}

/** Who sets the variable means to verify; one that is empty, as by a missing secret of a CI job, verifies nothing. */
function emptySecretNote({ secretEnv }: ListenFlags, { variables }: Environment): string {
  if (secretEnv !== undefined || variables[SECRET_VARIABLE] !== '') return '';
  return `note: ${SECRET_VARIABLE} is empty, so signatures are not looked at`;
}

function refuseLoop(target: URL, { port }: ListenFlags): void {
  const targetPort = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
  if (!isLoopback(target) || targetPort !== port) return;
  throw new CallbellStatusError('usage', `${shownTarget(target)} is this listener itself`, {
    hint: 'listen on another port with --port, or forward to another one',
  });
}

function receiverOptions(
  flags: ListenFlags,
  secret: string | undefined,
  redactionKey: string | undefined,
  seed: number,
): ListenSetup['options'] {
  const { port, host, allowHost, maxBody, requireSignature, tolerance, record, forwardTo } = flags;
  const { respond, delay, fault: faults, faultRate } = flags;
  return {
    port,
    host,
    seed,
    ...(allowHost !== undefined && { allowHosts: allowHost }),
    ...(maxBody !== undefined && { maxBodyBytes: maxBody }),
    ...(secret !== undefined && {
      signature: { secret, ...(tolerance !== undefined && { toleranceSeconds: tolerance / 1000 }) },
    }),
    ...(requireSignature && { requireSignature }),
    ...(record !== undefined && {
      record: {
        file: record,
        sync: flags.recordSync === true,
        redact: flags.redact ?? false,
        ...(redactionKey !== undefined && { redactionKey }),
      },
    }),
    ...(forwardTo !== undefined && {
      forward: {
        targets: forwardTo,
        ...(flags.forwardTimeout !== undefined && { timeoutMs: flags.forwardTimeout }),
      },
    }),
    reply: {
      ...respond,
      ...delay,
      ...(faults !== undefined && { faults }),
      ...(faultRate !== undefined && { faultRate }),
    },
  };
}

function hostWarning(host: string, style: Style): string {
  if (isLoopbackAddress(host)) return '';
  return `${style.yellow('warning')}: ${visible(host)} lets in everybody who can reach this machine, under any Host name`;
}

function redactionNote({ redact }: ListenFlags): string {
  return redact
    ? 'note: in the file (not here) people are masked, so bytes and signatures no longer match'
    : '';
}

/** A seed that was not given is news where something is left to chance. */
function seedNote(flags: ListenFlags, seed: number): string {
  return isLeftToChance(flags) && flags.seed === undefined ? `the same again: --seed ${seed}` : '';
}

function greeting(
  url: string,
  { host, forwardTo = [], record, exec }: ListenFlags,
  secretVariable: string | undefined,
  style: Style,
  width: number,
): string {
  const targets = forwardTo.map((target) => `  →  ${visible(shownTarget(target))}`).join('');
  const stop = 'Ctrl+C to stop';
  const bare = `listening on ${url}`;
  const whole = `${bare}${targets}      ${stop}`;
  const isRoomy = whole.length <= width;
  const isSplit = `${bare}      ${stop}`.length > width;
  const facts = [
    ...otherAddresses(host, url).map((address) => `for other machines: ${address}`),
    ...(isRoomy ? [] : forwardTo.map((target) => `forwarding to ${shownTarget(target)}`)),
    ...(record === undefined ? [] : [`recording to ${record}`]),
    ...(secretVariable === undefined ? [] : [`verifying signatures with $${secretVariable}`]),
    ...(exec === undefined ? [] : [`running ${exec}`]),
  ];
  const more = facts
    .flatMap((fact) => wrap(visible(fact), width))
    .map((line) => `${style.dim(line)}\n`)
    .join('');
  const first = isRoomy ? whole : isSplit ? wrap(bare, width).join('\n') : `${bare}      ${stop}`;
  const last = isSplit ? `${style.dim(stop)}\n` : '';
  return `${first.replace(url, style.bold(url))}\n${more}${last}`;
}

/** Other machines reach a listener on all addresses by another URL than this one does. */
function otherAddresses(host: string, url: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [];
  return externalAddresses().map((address) => {
    const other = new URL(url);
    other.hostname = address.includes(':') ? `[${address}]` : address;
    return other.origin;
  });
}
