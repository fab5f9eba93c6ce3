import { MASK } from '../../domain/delivery/mask.ts';
import { headersToSend, type RequestHeader } from '../../domain/delivery/request-headers.ts';
import { shownUrl } from '../../domain/delivery/target.ts';
import { isSecretName } from '../../domain/secret-name.ts';
import { SIGNATURE_HEADER } from '../../domain/signature.ts';
import type { DeliverableEvent, DeliverOptions } from '../../io/deliver/deliver-options.ts';
import { count } from '../../ui/count.ts';
import { formatCurl, headerVariable } from '../../ui/curl-command.ts';
import { formatPlanned, formatRequestHead } from '../../ui/planned-line.ts';
import { createStyle } from '../../ui/style.ts';
import { visible } from '../../ui/visible.ts';
import { colorLevel, type Environment } from '../environment.ts';
import { EXIT_CODES, type ExitCode, exitCodeOfSignal } from '../exit-code.ts';
import { explainError } from '../explain-error.ts';
import { talk, write } from '../output.ts';
import { readSecret } from '../secret.ts';
import { arrangeEvents } from './arrange-events.ts';
import type { DeliveryFlags } from './delivery-flags.ts';
import { jsonLine } from './delivery-lines.ts';
import type { DeliverySource, NotDelivered } from './delivery-source.ts';
import { explainEmpty } from './delivery-summary.ts';

/** Shows what would be sent, for `--dry-run` and `--print`; no connection is opened. */
export async function showEvents(
  source: DeliverySource,
  options: DeliverOptions,
  flags: DeliveryFlags,
  environment: Environment,
): Promise<ExitCode> {
  const { stdout, stderr, signal } = environment;
  let notSent = 0;
  let isUnreadable = false;
  const report = async (item: NotDelivered): Promise<void> => {
    if ('error' in item) throw item.error;
    if ('unreadable' in item) {
      isUnreadable = true;
      return talk(stderr, explainError(item.unreadable));
    }
    if ('skipped' in item) return talk(stderr, `skipped ${visible(item.skipped)}\n`);
    notSent += 1;
    return talk(stderr, `would not send: ${visible(item.unsendable)}\n`);
  };
  const { randomSeed } = environment;
  const arranged = await arrangeEvents(source, flags, { randomSeed, signal, report, isTotalWanted: false });
  for (const note of [...source.notes, ...arranged.notes]) await talk(stderr, `${visible(note)}\n`);
  signal.addEventListener('abort', () => source.stopReading('at-once'), { once: true });
  const show = await createShow(options, flags, environment);
  await show.begin();
  let n = 0;
  for await (const event of arranged.events) {
    if (signal.aborted) break;
    n += 1;
    await write(stdout, show.event(event, n));
  }
  if (signal.aborted) {
    await talk(stderr, 'interrupted: not everything was shown\n');
    return exitCodeOfSignal(signal);
  }
  await show.end(n, notSent);
  if (isUnreadable) return EXIT_CODES.impossible;
  if (n + notSent === 0) return await explainEmpty(source, environment);
  return notSent > 0 ? EXIT_CODES.failed : EXIT_CODES.ok;
}

/** A way to show what would be sent. */
interface Show {
  begin(): Promise<void>;
  event(event: DeliverableEvent, n: number): string;
  end(events: number, notSent: number): Promise<void>;
}

async function createShow(
  options: DeliverOptions,
  flags: DeliveryFlags,
  environment: Environment,
): Promise<Show> {
  if (flags.print === 'curl') return curlShow(options, flags, environment);
  return flags.json ? jsonShow(options, environment) : await prettyShow(options, flags, environment);
}

function curlShow(options: DeliverOptions, flags: DeliveryFlags, environment: Environment): Show {
  const { url, timeoutMs, insecure, signatureFault } = options;
  const headers = headersToSend(url, options.headers);
  const variable = readSecret(flags.secretEnv, environment.variables, false)?.variable;
  const secret = headers.filter(({ name }) => isSecretName(name)).map(({ name }) => name);
  // User and password go as the header they become.
  const target = new URL(url);
  target.username = '';
  target.password = '';
  const request = {
    url: shownUrl(target),
    headers,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(insecure && { insecure }),
    ...(flags.ca !== undefined && { ca: flags.ca }),
    ...(variable !== undefined && { secretVariable: variable }),
    ...(signatureFault !== undefined && { signatureFault }),
  };
  return {
    begin: async () => {
      for (const name of secret) {
        const note = `secrets are not printed: set ${headerVariable(name)} to the value of ${name}`;
        await talk(environment.stderr, `${note}\n`);
      }
      if (shownUrl(target) !== target.href) {
        await talk(environment.stderr, 'secrets are not printed: put the value in the URL back in\n');
      }
    },
    event: ({ bytes }) => formatCurl({ ...request, body: bytes }),
    end: async () => {},
  };
}

async function prettyShow(
  options: DeliverOptions,
  { color }: DeliveryFlags,
  environment: Environment,
): Promise<Show> {
  const { stdout, variables } = environment;
  const style = await createStyle(colorLevel(stdout, variables, color));
  return {
    begin: () => write(stdout, formatRequestHead(shownUrl(options.url), shownHeaders(options), style)),
    event: ({ bytes, ...known }, n) => formatPlanned({ ...known, n, bytes: bytes.length }, style),
    end: (events, notSent) => {
      const rest = notSent === 0 ? '' : `, ${notSent} would not`;
      return write(stdout, `\n${count(events, 'event')} would be sent${rest}: nothing was\n`);
    },
  };
}

function jsonShow(options: DeliverOptions, { stdout }: Environment): Show {
  const url = shownUrl(options.url);
  const headers = Object.fromEntries(shownHeaders(options).map(({ name, value }) => [name, value]));
  return {
    begin: async () => {},
    event: ({ bytes, source, uuid, status, dueMs }, n) => {
      const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      const text = body.toString('utf8');
      const kept = Buffer.from(text).equals(body) ? { body: text } : { bodyBase64: body.toString('base64') };
      return jsonLine('planned', { n, source, uuid, status, url, method: 'POST', headers, dueMs, ...kept });
    },
    end: (total, notSent) =>
      write(stdout, jsonLine('summary', { total: total + notSent, planned: total, notSent })),
  };
}

function shownHeaders({ url, headers, secret, signatureFault }: DeliverOptions): RequestHeader[] {
  const shown = headersToSend(url, headers).map(({ name, value }) => ({
    name,
    value: isSecretName(name) ? MASK : value,
  }));
  if (secret === undefined || signatureFault === 'missing') return shown;
  const how = signatureFault === undefined ? '' : ` (on purpose: ${signatureFault})`;
  return [...shown, { name: SIGNATURE_HEADER, value: `made at the moment of sending${how}` }];
}
