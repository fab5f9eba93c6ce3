import { execFile } from 'node:child_process';
import type { Probe, ProbeReading } from '../../domain/conformance/probe.ts';
import { type ReadingOptions, readingOf } from '../../domain/conformance/reading.ts';
import { CallbellStatusError } from '../../errors.ts';

/** A probe's answer beyond this is not a state. */
const MOST_BYTES = 1024 * 1024;

/** How a probe asks over HTTP. */
export interface HttpProbeOptions extends ReadingOptions {
  /** With `{uuid}` in it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Makes a probe that asks a URL. `404` and an empty body mean that the app knows no such message. */
export function createHttpProbe({ url, headers, timeoutMs, ...reading }: HttpProbeOptions): Probe {
  return async (uuid) => {
    const asked = url.replaceAll('{uuid}', encodeURIComponent(uuid));
    const response = await fetch(asked, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: unknown) => {
      throw new CallbellStatusError('unreachable', `the probe got no answer: GET ${asked}`, { cause });
    });
    const text = await boundedText(response);
    if (response.status === 404) return NOTHING;
    if (!response.ok) throw unreadable(`GET ${asked} answered ${response.status}`);
    return readingOf(text, reading) ?? fail(`GET ${asked}`, text);
  };
}

/** How a probe runs a command. */
export interface ExecProbeOptions extends ReadingOptions {
  /** For the shell; the uuid is in CALLBELL_STATUS_UUID. */
  readonly command: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
}

/** Makes a probe that runs a command and reads its standard output. */
export function createExecProbe({ command, variables, timeoutMs, ...reading }: ExecProbeOptions): Probe {
  return async (uuid) => {
    const text = await runCommand(command, { ...variables, CALLBELL_STATUS_UUID: uuid }, timeoutMs);
    return readingOf(text, reading) ?? fail(command, text);
  };
}

/**
 * Runs a command of the user in a shell, and returns what it printed.
 *
 * @throws {CallbellStatusError} `unreachable` where it failed
 */
export function runCommand(
  command: string,
  variables: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: variables, timeout: timeoutMs, maxBuffer: MOST_BYTES };
    execFile('/bin/sh', ['-c', command], options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const detail = stderr.trim().split('\n')[0] ?? '';
      reject(unreadable(`the command failed: ${command}${detail === '' ? '' : ` (${detail})`}`));
    });
  });
}

/**
 * Posts a value as JSON.
 *
 * @throws {CallbellStatusError} `unreachable` where it is not answered with 2xx
 */
export async function postJson(url: string, value: object, timeoutMs: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const options = { method: 'POST', headers, body: JSON.stringify(value), redirect: 'manual' as const };
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(timeoutMs) }).catch(
    (cause: unknown) => {
      throw new CallbellStatusError('unreachable', `no answer: POST ${url}`, { cause });
    },
  );
  await response.body?.cancel();
  if (!response.ok) throw unreadable(`POST ${url} answered ${response.status}`);
}

const NOTHING: ProbeReading = { status: undefined, effects: undefined };

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MOST_BYTES) throw unreadable('the probe answered more than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function fail(asked: string, text: string): never {
  throw unreadable(`${asked} says no status: ${text.slice(0, 200)}`);
}

function unreadable(message: string): CallbellStatusError {
  return new CallbellStatusError('unreachable', message, {
    hint: 'the probe must answer JSON with a "status" (--status-at), or the status as a text',
  });
}
