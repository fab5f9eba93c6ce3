import type { Contact, StatusEvent } from '../event.ts';
import type { JsonObject } from '../json.ts';
import type { ProviderMessage } from '../providers/provider.ts';
import { generateContact } from './contact.ts';
import type { Draws } from './entropy.ts';
import { drawFictionalNumber, fictionalCountryOf, mistype } from './fictional-numbers.ts';
import type { Run } from './run.ts';
import type { ScenarioStep } from './scenarios.ts';
import { SLOWEST, type Story } from './story.ts';

/** Either when the life of a message begins, or when it ends; in unix milliseconds. */
export type LifeTime = { readonly begins: number } | { readonly ends: number };

/** One message: everything that stays the same over its life, and the events it comes to. */
export class Message {
  readonly #run: Run;
  readonly #story: Story;
  /** How much slower than the quickest this life goes; one factor for all of it, so that no order changes. */
  readonly #tempo: number;
  readonly #beginsMilliseconds: number;
  readonly #uuid: string;
  readonly #contact: Contact | undefined;
  readonly #inside: ProviderMessage | undefined;

  constructor(run: Run, story: Story, draws: Draws, time: LifeTime) {
    this.#run = run;
    this.#story = story;
    this.#tempo = 1 + (draws.below('tempo', 100) * (SLOWEST - 1)) / 100;
    this.#beginsMilliseconds =
      'begins' in time ? time.begins : time.ends - story.seconds * this.#tempo * 1000;
    this.#uuid = run.uuid ?? draws.hex('uuid');
    const phone = run.phone ?? drawFictionalNumber(draws, run.countries);
    const bsuid = run.contact === 'bsuid' ? drawBsuid(draws, phone) : undefined;
    this.#contact =
      run.capturedContact ?? generateContact(draws, run, phone, bsuid, this.#beginsMilliseconds / 1000);
    this.#inside = insideOf(run, story, draws, phone, bsuid);
  }

  /** How many events it comes to. */
  get size(): number {
    return this.#story.arrivals.length;
  }

  /** When the n-th event to arrive does so, in unix milliseconds. */
  arrivesAt(n: number): number {
    return this.#beginsMilliseconds + (this.#story.arrivals[n]?.arrives ?? 0) * this.#tempo * 1000;
  }

  /** The n-th event to arrive. The events of a message share their contact: change none of it. */
  event(n: number): StatusEvent {
    const step = this.#story.arrivals[n];
    if (step === undefined) throw new RangeError(`the message has no event ${n}`);
    const payload: StatusEvent['payload'] = { uuid: this.#uuid, status: step.status };
    if (this.#run.metadata !== undefined) payload.metadata = this.#run.metadata;
    if (this.#contact !== undefined) payload.contact = this.#contact;
    const raw = this.#rawObject(step);
    if (raw !== undefined) payload.messageStatusPayload = raw;
    return { event: 'message_status_updated', payload };
  }

  #rawObject(step: ScenarioStep): JsonObject | undefined {
    if (this.#inside === undefined) return undefined;
    const { status, happened } = step;
    const timeSeconds = Math.floor(this.#beginsMilliseconds / 1000 + happened * this.#tempo);
    return this.#run.provider?.build(
      { status, timeSeconds, failure: this.#run.failureOf(step) },
      this.#inside,
    );
  }
}

function insideOf(
  { provider, account, capturedIds }: Run,
  { corrected }: Story,
  draws: Draws,
  phone: string,
  bsuid: string | undefined,
): ProviderMessage | undefined {
  if (provider === undefined) return undefined;
  const requestedPhone = corrected ? mistype(phone) : undefined;
  const ids = { ...provider.drawIds(draws, phone, requestedPhone), ...capturedIds };
  return { ids, phone, requestedPhone, bsuid, draws, account };
}

/** Two letters of a country, a dot, and digits as they were seen (documented: up to 128 alphanumerics). */
function drawBsuid(draws: Draws, phone: string): string {
  const digits = String(draws.below('bsuid', 2 ** 32)).padStart(15, '1');
  return `${fictionalCountryOf(phone) ?? 'US'}.${digits}`;
}
