import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { CallbellStatusError } from '../../errors.ts';
import type { ControlledApp } from '../../io/conformance/case-trial.ts';
import { endGroup, explainStartFailure, HAS_GROUPS } from '../child-process.ts';

/** The app under test, as it is started. */
export interface AppOptions {
  /** Program and arguments; no shell takes them apart. */
  readonly command: readonly [string, ...string[]];
  /** The webhook's URL: its port is given to the app as PORT, and it must answer there. */
  readonly url: URL;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The longest time until it answers, in milliseconds. */
  readonly readyTimeoutMs: number;
  /** Called with the app's output as it comes. */
  readonly onOutput: (text: Buffer) => void;
  readonly stopped: AbortSignal;
}

/** Of the app's output this much is kept for an error. */
const KEPT_OUTPUT_BYTES = 64 * 1024;
const SHOWN_LINES = 20;
const POLL_MS = 50;
const LAST_WORDS_MS = 500;
const PORT_GRACE_MS = 5000;

/** Of a line of its output this much is shown. */
const MOST_CHARACTERS = 200;
const PROBE_TIMEOUT_MS = 1000;

/** The app under test, started by us in a process group of its own. */
export class AppProcess implements ControlledApp {
  readonly #options: AppOptions;
  #child: ChildProcess | undefined;
  #output = Buffer.alloc(0);

  constructor(options: AppOptions) {
    this.#options = options;
  }

  /**
   * Starts the app and resolves when it accepts connections. No request is sent: it might not survive one, and what
   * becomes of requests is what the cases find out.
   *
   * @throws {CallbellStatusError} `address-in-use` where something else answers at its port, `unreachable` where it
   *   ends or does not answer in time
   */
  async start(): Promise<void> {
    const { command, url, variables } = this.#options;
    if (await acceptsConnections(url)) {
      throw new CallbellStatusError(
        'address-in-use',
        `port ${portOf(url)} is taken: another program answers there`,
        {
          hint: 'stop it, or leave out -- and the command to test what runs there',
        },
      );
    }
    this.#output = Buffer.alloc(0);
    const [program, ...rest] = command;
    const env = { ...variables, PORT: portOf(url) };
    const child = spawn(program, rest, { env, detached: HAS_GROUPS, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const output of [child.stdout, child.stderr])
      output.on('data', (chunk: Buffer) => this.#keep(chunk));
    const failed = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`it could not be started: ${explainStartFailure(error)}`));
      child.once('exit', (code, signal) => {
        const end = (): void => resolve(`it ended with ${code ?? signal}`);
        // Its last words come after its end; what it started may hold the pipe for ever.
        child.once('close', end);
        setTimeout(end, LAST_WORDS_MS).unref();
      });
    });
    const failure = await Promise.race([failed, this.#ready()]);
    if (failure === undefined) return;
    await this.stop();
    throw new CallbellStatusError('unreachable', `${command.join(' ')}: ${failure}`);
  }

  async kill(): Promise<void> {
    const hurry = AbortSignal.abort();
    await this.#end(hurry);
  }

  /** Ends the app and everything it started: by SIGTERM, after 2 s by SIGKILL. */
  async stop(): Promise<void> {
    await this.#end(new AbortController().signal);
  }

  /** The end of its output, for whoever has to find out why it does not answer. */
  lastLines(): readonly string[] {
    const text = this.#output.toString('utf8').trimEnd();
    const lines = text === '' ? [] : text.split('\n').slice(-SHOWN_LINES);
    return lines.map((line) => line.slice(0, MOST_CHARACTERS));
  }

  async #end(hurry: AbortSignal): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const ended = child.exitCode === null && child.signalCode === null && child.pid !== undefined;
    const exit = ended ? once(child, 'exit') : undefined;
    await endGroup(child, hurry);
    await exit;
    await this.#untilFree();
    child.stdout?.destroy();
    child.stderr?.destroy();
    this.#child = undefined;
  }

  /** Resolves with undefined when the app accepts connections, or with the reason why it is given up. */
  async #ready(): Promise<string | undefined> {
    const { url, readyTimeoutMs, stopped } = this.#options;
    const until = performance.now() + readyTimeoutMs;
    while (performance.now() < until) {
      if (stopped.aborted) return 'it was interrupted before it answered';
      if (await acceptsConnections(url)) return undefined;
      await wait(POLL_MS);
    }
    return `it did not answer at ${url.host} within ${readyTimeoutMs / 1000} s`;
  }

  /** A process that the app started may hold the port a moment longer than the app itself. */
  async #untilFree(): Promise<void> {
    const until = performance.now() + PORT_GRACE_MS;
    while (performance.now() < until && (await acceptsConnections(this.#options.url))) await wait(POLL_MS);
  }

  #keep(chunk: Buffer): void {
    this.#options.onOutput(chunk);
    this.#output = Buffer.concat([this.#output, chunk]).subarray(-KEPT_OUTPUT_BYTES);
  }
}

function portOf({ port, protocol }: URL): string {
  return port === '' ? (protocol === 'https:' ? '443' : '80') : port;
}

/** Names of this machine may be IPv4 or IPv6, and the app listens on one of them. */
function addressesOf({ hostname }: URL): string[] {
  return hostname === 'localhost' ? ['127.0.0.1', '::1'] : [hostname.replace(/^\[|\]$/g, '')];
}

async function acceptsConnections(url: URL): Promise<boolean> {
  const tries = addressesOf(url).map(
    (host) =>
      new Promise<boolean>((resolve) => {
        const socket = connect({ host, port: Number(portOf(url)), timeout: PROBE_TIMEOUT_MS });
        const end = (isOpen: boolean): void => {
          socket.destroy();
          resolve(isOpen);
        };
        socket.once('connect', () => end(true));
        socket.once('error', () => end(false));
        socket.once('timeout', () => end(false));
      }),
  );
  return (await Promise.all(tries)).includes(true);
}
