import { randomBytes } from 'node:crypto';
import type {
  Answer,
  CaseLevel,
  Exchange,
  Expectation,
  FailedCheck,
  SigningOptions,
  TestMessage,
  TestRequest,
  Trial,
} from '../../domain/conformance/case.ts';
import { createTestMessage, TEST_UUID_PREFIX } from '../../domain/conformance/message.ts';
import { isStep, possibleEnds } from '../../domain/conformance/model.ts';
import { SIGNATURE_HEADER, signBody } from '../../domain/signature.ts';
import type { Sender } from './sender.ts';
import type { StateWatcher } from './watch-state.ts';

/** The app under test, where it was started by us. */
export interface ControlledApp {
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it and resolves when it answers. */
  start(): Promise<void>;
}

/** Things that all cases of a run share. */
export interface RunContext {
  readonly sender: Sender;
  readonly watcher: StateWatcher | undefined;
  readonly app: ControlledApp | undefined;
  readonly create:
    | ((message: { readonly uuid: string; readonly phoneNumber: string }) => Promise<void>)
    | undefined;
  readonly secret: string | undefined;
  readonly nextSecret: string | undefined;
  readonly rounds: number;
  readonly budgetMs: number;
  /** Accepted answers of all cases so far. */
  readonly answers: { readonly ms: number; readonly httpStatus: number }[];
  /** Effects of one `read`, learned before the cases. */
  effectsOfRead: number | undefined;
}

/** Of a case this many exchanges are kept for its transcript. */
const MOST_EXCHANGES = 200;

/** Carries out one case, and remembers what happened. */
export class CaseTrial implements Trial {
  readonly exchanges: Exchange[] = [];
  readonly failed: FailedCheck[] = [];
  /** Exchanges that are not kept. */
  leftOut = 0;
  raceRounds: { run: number; failed: number } | undefined;
  readonly #context: RunContext;
  readonly #level: CaseLevel;

  constructor(level: CaseLevel, context: RunContext) {
    this.#context = context;
    this.#level = level;
  }

  get rounds(): number {
    return this.#context.rounds;
  }

  get budgetMs(): number {
    return this.#context.budgetMs;
  }

  get answers(): Trial['answers'] {
    return this.#context.answers;
  }

  get effectsOfRead(): number | undefined {
    return this.#context.effectsOfRead;
  }

  async message({ isCreated = true }: Parameters<Trial['message']>[0] = {}): Promise<TestMessage> {
    const uuid = TEST_UUID_PREFIX + randomBytes(12).toString('hex');
    const seed = randomBytes(4).readUInt32BE(0);
    const message = createTestMessage({ uuid, seed, now: new Date() });
    if (isCreated) await this.#context.create?.({ uuid, phoneNumber: message.phoneNumber });
    return message;
  }

  signed(
    request: TestRequest,
    { secret, offsetSeconds = 0, body = request.body }: SigningOptions = {},
  ): TestRequest {
    const { secret: own, nextSecret = '' } = this.#context;
    if (own === undefined) return request;
    const key = secret === 'next' ? nextSecret : secret === 'other' ? `${own}.other` : own;
    const value = signBody(body, key, Math.floor(Date.now() / 1000) + offsetSeconds);
    return { ...request, signature: { name: SIGNATURE_HEADER, value } };
  }

  async send(request: TestRequest): Promise<Answer> {
    return this.#note(request, await this.#context.sender.send(request));
  }

  async sendTogether(requests: readonly TestRequest[]): Promise<Answer[]> {
    const answers = await this.#context.sender.sendTogether(requests);
    return requests.flatMap((request, n) =>
      answers[n] === undefined ? [] : [this.#note(request, answers[n])],
    );
  }

  async sendLanes(lanes: readonly (readonly TestRequest[])[], concurrency: number): Promise<Answer[][]> {
    const answers = await this.#runLanes(lanes, concurrency, () => false);
    return answers.map((lane) => lane.filter((answer) => answer !== undefined));
  }

  async sendUntilCrash(
    lanes: readonly (readonly TestRequest[])[],
    concurrency: number,
    answers: number,
  ): Promise<(Answer | undefined)[][]> {
    const { app } = this.#context;
    let left = answers;
    let killed: Promise<void> | undefined;
    const results = await this.#runLanes(lanes, concurrency, () => {
      left -= 1;
      if (left <= 0) killed ??= app?.kill();
      return killed !== undefined;
    });
    await killed;
    await app?.start();
    return results;
  }

  async deliver(...requests: readonly TestRequest[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const request of requests) answers.push(await this.send(request));
    this.expectAccepted(answers);
    return answers;
  }

  expectAccepted(
    answers: readonly Answer[],
    { level = this.#level }: { readonly level?: CaseLevel } = {},
  ): void {
    const refused = answers.filter(({ isAccepted }) => !isAccepted);
    const [first] = refused;
    if (first === undefined) return;
    const more = refused.length > 1 ? ` (${refused.length} of ${answers.length})` : '';
    this.check(false, { level, expected: '2xx', got: `${first.httpStatus ?? first.failure}${more}` });
  }

  async expectEnd(
    messages: readonly TestMessage[],
    { level = this.#level, isFinal = true }: Parameters<Trial['expectEnd']>[1] = {},
  ): Promise<number> {
    const states = (await this.#context.watcher?.watch(messages, isFinal)) ?? [];
    for (const { message, status, afterMs } of states) {
      const exchange = this.exchanges.findLast(({ uuid }) => uuid === message.uuid);
      if (exchange !== undefined) exchange.state = { status, afterMs: Math.round(afterMs) };
    }
    const wrong = states.filter(({ isRight }) => !isRight);
    const [first] = wrong;
    if (first === undefined) return 0;
    const more = wrong.length > 1 ? ` (${wrong.length} of ${messages.length} messages)` : '';
    const ends = possibleEnds(first.message.accepted, first.message.uncertain);
    const expected = [...ends].map((end) => end ?? 'no such message').join(' or ');
    this.check(false, { level, expected, got: `${first.status ?? 'no such message'}${more}` });
    return wrong.length;
  }

  async effects(messages: readonly TestMessage[]): Promise<(number | undefined)[]> {
    return (await this.#context.watcher?.effects(messages)) ?? messages.map(() => undefined);
  }

  check(isTrue: boolean, { level = this.#level, expected, got }: Expectation): void {
    if (!isTrue) this.failed.push({ level, expected, got });
  }

  races(run: number, failed: number): void {
    this.raceRounds = { run, failed };
  }

  /** @param isOver asked after each answer; where it says so, nothing more is sent */
  async #runLanes(
    lanes: readonly (readonly TestRequest[])[],
    concurrency: number,
    isOver: () => boolean,
  ): Promise<(Answer | undefined)[][]> {
    const answers: (Answer | undefined)[][] = lanes.map(() => []);
    let next = 0;
    let over = false;
    const work = async (): Promise<void> => {
      for (let lane = next++; lane < lanes.length; lane = next++) {
        for (const request of lanes[lane] ?? []) {
          if (over) return;
          answers[lane]?.push(await this.send(request));
          over ||= isOver();
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, lanes.length) }, work));
    return answers;
  }

  #note(request: TestRequest, answer: Answer): Answer {
    const { message, status, label, transport } = request;
    // The time of a body that we send slowly is ours.
    if (answer.isAccepted && answer.httpStatus !== undefined && transport === 'plain') {
      this.#context.answers.push({ ms: answer.ms, httpStatus: answer.httpStatus });
    }
    if (message !== undefined && status !== undefined && isStep(status)) {
      (answer.isAccepted ? message.accepted : message.uncertain).push(status);
    }
    if (this.exchanges.length < MOST_EXCHANGES) {
      this.exchanges.push({ n: this.exchanges.length + 1, label, uuid: message?.uuid, answer });
    } else this.leftOut += 1;
    return answer;
  }
}
