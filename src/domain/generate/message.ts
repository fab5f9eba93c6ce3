import type { Contact, StatusEvent } from '../event.ts';
import type { FailureFact } from '../failures.ts';
import type { JsonObject } from '../json.ts';
import type { MessageForm, ProviderMessage } from '../providers/provider.ts';
import { CATEGORIES, CATEGORY_NAMES, type Category, type CategoryName } from './categories.ts';
import { generateContact } from './contact.ts';
import type { Draws } from './entropy.ts';
import { drawFailure, factOf, failureAt, usualFailure } from './failure-choice.ts';
import { drawLife, type Life } from './life.ts';
import { drawPerson, type Person } from './people.ts';
import type { Run } from './run.ts';
import type { ScenarioStep } from './scenarios.ts';
import type { Story } from './story.ts';

/** Either when the life of a message begins, or when it ends; in unix milliseconds. */
export type LifeTime = { readonly begins: number } | { readonly ends: number };

/** One message: everything that stays the same over its life, and the events it comes to. */
export class Message {
  readonly #run: Run;
  readonly #story: Story;
  readonly #life: Life;
  readonly #failure: FailureFact | undefined;
  readonly #beginsMilliseconds: number;
  readonly #uuid: string;
  readonly #contact: Contact | undefined;
  readonly #inside: ProviderMessage | undefined;

  constructor(run: Run, story: Story, draws: Draws, time: LifeTime) {
    const { category, failure, life } = drawCourse(run, story, draws);
    this.#run = run;
    this.#story = story;
    this.#failure = failure;
    this.#life = life;
    this.#beginsMilliseconds = 'begins' in time ? time.begins : time.ends - this.#life.seconds * 1000;
    this.#uuid = run.uuid ?? draws.hex('uuid');
    const person = drawPersonOf(run, story, draws);
    this.#contact = run.capturedContact ?? this.#contactOf(person, draws);
    this.#inside = this.#insideOf(person, formOf(run, category, draws), draws);
  }

  /** Number of its events. */
  get size(): number {
    return this.#story.arrivals.length;
  }

  /** Returns when the n-th event to arrive does so, in unix milliseconds. */
  arrivesAt(n: number): number {
    return this.#beginsMilliseconds + (this.#life.arrives[n] ?? 0) * 1000;
  }

  /** Returns the n-th event to arrive. The events of a message share their contact: change none of it. */
  event(n: number): StatusEvent {
    const index = this.#story.arrivals[n] ?? -1;
    const step = this.#story.steps[index];
    if (step === undefined) throw new RangeError(`the message has no event ${n}`);
    const payload: StatusEvent['payload'] = { uuid: this.#uuid, status: step.status };
    if (this.#run.metadata !== undefined) payload.metadata = this.#run.metadata;
    if (this.#contact !== undefined) payload.contact = this.#contact;
    const raw = this.#rawObject(step, this.#life.happened[index] ?? 0);
    if (raw !== undefined) payload.messageStatusPayload = raw;
    return { event: 'message_status_updated', payload };
  }

  #rawObject({ status, fails }: ScenarioStep, happened: number): JsonObject | undefined {
    if (this.#inside === undefined) return undefined;
    const timeSeconds = Math.floor(this.#beginsMilliseconds / 1000 + happened);
    const hasFailed = status === 'failed' && this.#failure !== undefined;
    // An id at WhatsApp that was captured shows that WhatsApp had the message.
    const moment = fails ?? (this.#run.capturedIds.whatsappId === undefined ? undefined : 'late');
    const failure = hasFailed ? failureAt(this.#failure, moment) : undefined;
    return this.#run.provider?.build({ status, timeSeconds, failure }, this.#inside);
  }

  #contactOf(person: Person, draws: Draws): Contact | undefined {
    const { contact, account, provider } = this.#run;
    const isWithheld = contact === 'bsuid';
    const bsuid = provider?.tellsBsuid || isWithheld ? person.bsuid : undefined;
    const phone = isWithheld ? null : person.dialled;
    return generateContact(draws, contact, account, person, phone, bsuid, this.#beginsMilliseconds / 1000);
  }

  #insideOf(person: Person, form: MessageForm, draws: Draws): ProviderMessage | undefined {
    const { provider, account, capturedIds } = this.#run;
    if (provider === undefined) return undefined;
    return {
      ids: { ...provider.drawIds(draws, person, form), ...capturedIds },
      phone: person.phone,
      requestedPhone: person.requestedPhone,
      bsuid: person.bsuid,
      name: person.name,
      form,
      draws,
      account,
      beganSeconds: Math.floor(this.#beginsMilliseconds / 1000),
      skipsDelivered: this.#story.skipsDelivered,
    };
  }
}

/** What happens to a message. */
interface Course {
  readonly category: CategoryName;
  readonly failure: FailureFact | undefined;
  readonly life: Life;
}

/** Draws what happens to a message, and when. */
export function drawCourse(run: Run, story: Story, draws: Draws): Course {
  const category = run.category ?? drawCategory(draws);
  const failure = chooseFailure(run, story, category, draws);
  return { category, failure, life: drawLife(story, draws, failure?.code, run.withinSeconds) };
}

function drawPersonOf({ countries, phone, era, contact }: Run, { isCorrected }: Story, draws: Draws): Person {
  const options = { countries, phone, hasBsuid: era.hasBsuids, isWithheld: contact === 'bsuid' };
  return drawPerson(draws, options, isCorrected);
}

function chooseFailure(
  run: Run,
  story: Story,
  category: CategoryName,
  draws: Draws,
): FailureFact | undefined {
  const { provider, era, drawsFailures } = run;
  const step = story.steps.find(({ status }) => status === 'failed');
  if (step === undefined || provider === undefined) return undefined;
  const code = story.failureCode ?? run.failureCode;
  if (code !== undefined) return factOf(provider, code);
  const circumstances = { provider, era, category, moment: step.fails };
  return drawsFailures ? drawFailure(draws, circumstances) : usualFailure(circumstances);
}

function drawCategory(draws: Draws): CategoryName {
  let left = draws.fraction('category') * 100;
  for (const name of CATEGORY_NAMES) {
    left -= CATEGORIES[name].share;
    if (left < 0) return name;
  }
  return CATEGORY_NAMES[0];
}

/** Percent of utility messages that are sent inside an open window (assumed). */
const IN_WINDOW_PERCENT = 30;

function formOf({ era, variants }: Run, category: CategoryName, draws: Draws): MessageForm {
  const { price, priceInWindow = price }: Category = CATEGORIES[category];
  const isInWindow = draws.below('window', 100) < IN_WINDOW_PERCENT;
  return { era, category, price: isInWindow ? priceInWindow : price, variants };
}
