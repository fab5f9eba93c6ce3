import type { Contact } from '../event.ts';
import type { Provider, ProviderIds, ProviderName } from '../providers/provider.ts';
import { PROVIDERS } from '../providers/providers.ts';
import { type Account, drawAccount } from './account.ts';
import type { AdoptedMessage } from './adopt.ts';
import type { CategoryName } from './categories.ts';
import type { ContactKind } from './contact.ts';
import type { Entropy } from './entropy.ts';
import { DEFAULT_ERA, ERAS, type Era, type EraName } from './era.ts';
import { factOf } from './failure-choice.ts';
import type { Country } from './fictional-numbers.ts';
import { checkForms } from './forms.ts';
import { checkCorrectable } from './people.ts';
import type { Story } from './story.ts';
import type { VariantName } from './variants.ts';

/** Whose object is inside an event; `none` leaves it out. */
export type GeneratedProvider = ProviderName | 'none';

/** What all messages of a run have in common. */
export interface MessageOptions {
  /** @default 'gupshup' */
  readonly provider?: GeneratedProvider | undefined;
  /**
   * Forms that events had at a time.
   * @default '2026-04'
   */
  readonly era?: EraName | undefined;
  /**
   * Category of the messages, which decides price and failures.
   * @default 'service'
   */
  readonly category?: CategoryName | undefined;
  /** Forms that are met beside the usual one. */
  readonly variants?: readonly VariantName[] | undefined;
  /**
   * Why what fails does fail: a code of the provider.
   * @default the failure that is usual at its moment
   */
  readonly failureCode?: number | undefined;
  /** @default 'full' */
  readonly contact?: ContactKind | undefined;
  /**
   * Countries of the recipients.
   * @default ['GB'], or where a number is corrected ['BR', 'MX', 'AR']
   */
  readonly countries?: readonly [Country, ...Country[]] | undefined;
  /** A number of one's own instead, digits only. */
  readonly phone?: string | undefined;
  /** A message of one's own: 32 lower-case hex digits. */
  readonly uuid?: string | undefined;
  /** The pairs that the sender attached. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /** Most seconds that the life of a message takes; a longer one is shortened in proportion. */
  readonly withinSeconds?: number | undefined;
  /** A message that exists, whose life goes on. What is said above goes before it. */
  readonly adopted?: AdoptedMessage | undefined;
}

/** {@link MessageOptions} with every choice made. */
export interface Run {
  readonly provider: Provider | undefined;
  readonly era: Era;
  /** Undefined where it is drawn for each message. */
  readonly category: CategoryName | undefined;
  readonly variants: ReadonlySet<VariantName>;
  readonly failureCode: number | undefined;
  /** Failures are drawn by their shares instead of being the usual one. */
  readonly drawsFailures: boolean;
  readonly account: Account;
  readonly contact: ContactKind;
  readonly countries: readonly [Country, ...Country[]];
  readonly phone: string | undefined;
  readonly uuid: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly withinSeconds: number | undefined;
  /** The contact as it was captured, where there is one to keep. */
  readonly capturedContact: Contact | undefined;
  readonly capturedIds: Partial<ProviderIds>;
}

/**
 * Makes the choices that were left open.
 *
 * @param isMix messages are drawn: their categories and failures are, too
 * @throws {CallbellStatusError} `usage` for a code, a variant, a kind of contact or a correction that there is not
 */
export function prepareRun(
  options: MessageOptions,
  stories: readonly Story[],
  entropy: Entropy,
  isMix = false,
): Run {
  const { adopted, contact, countries = ['GB'], failureCode, variants = [], era = DEFAULT_ERA } = options;
  const name = options.provider ?? adopted?.provider ?? 'gupshup';
  const provider = name === 'none' ? undefined : PROVIDERS[name];
  const phone = options.phone ?? adopted?.phone;
  checkForms({ provider: provider?.name, era, variants, contact });
  checkStories(stories, { phone, countries: options.countries, provider, failureCode });
  return {
    provider,
    era: ERAS[era],
    category: options.category ?? (isMix ? undefined : 'service'),
    variants: new Set(variants),
    failureCode,
    drawsFailures: isMix,
    account: drawAccount(entropy, countries[0]),
    contact: contact ?? (adopted === undefined ? 'full' : 'none'),
    countries,
    phone,
    uuid: options.uuid ?? adopted?.uuid,
    metadata: options.metadata ?? adopted?.metadata,
    withinSeconds: options.withinSeconds,
    capturedContact: contact === undefined ? adopted?.contact : undefined,
    // Ids may contain the number: with another number, or at another provider, they would not belong together.
    capturedIds: options.phone === undefined && name === adopted?.provider ? adopted.ids : {},
  };
}

interface StoryConditions {
  readonly phone: string | undefined;
  readonly countries: readonly Country[] | undefined;
  readonly provider: Provider | undefined;
  readonly failureCode: number | undefined;
}

function checkStories(
  stories: readonly Story[],
  { phone, countries, provider, failureCode }: StoryConditions,
): void {
  if (stories.some(({ isCorrected }) => isCorrected)) checkCorrectable(phone, countries);
  if (provider === undefined) return;
  for (const code of [failureCode, ...stories.map((story) => story.failureCode)]) {
    if (code !== undefined) factOf(provider, code);
  }
}
