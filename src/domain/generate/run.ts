import { CallbellStatusError } from '../../errors.ts';
import type { Contact } from '../event.ts';
import { failsLate, findFailure } from '../failures.ts';
import type { GeneratedFailure, Provider, ProviderIds, ProviderName } from '../providers/provider.ts';
import { PROVIDERS } from '../providers/providers.ts';
import { type Account, drawAccount } from './account.ts';
import type { AdoptedMessage } from './adopt.ts';
import type { ContactKind } from './contact.ts';
import type { Entropy } from './entropy.ts';
import type { Country } from './fictional-numbers.ts';
import type { ScenarioStep } from './scenarios.ts';

/** Whose object is inside an event; `none` leaves it out. */
export type GeneratedProvider = ProviderName | 'none';

/** What all messages of a run have in common. */
export interface MessageOptions {
  /** @default 'gupshup' */
  readonly provider?: GeneratedProvider | undefined;
  /**
   * Why what fails does fail: a code of the provider.
   * @default the failure that is usual at the provider
   */
  readonly failureCode?: number | undefined;
  /** @default 'full' */
  readonly contact?: ContactKind | undefined;
  /**
   * Whose fictional numbers are drawn.
   * @default ['GB']
   */
  readonly countries?: readonly [Country, ...Country[]] | undefined;
  /** A number of one's own instead, digits only. */
  readonly phone?: string | undefined;
  /** A message of one's own: 32 lower-case hex digits. */
  readonly uuid?: string | undefined;
  /** The pairs that the sender attached. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /** A message that exists, whose life goes on. What is said above goes before it. */
  readonly adopted?: AdoptedMessage | undefined;
}

/** {@link MessageOptions} with every choice made. */
export interface Run {
  readonly provider: Provider | undefined;
  readonly account: Account;
  readonly contact: ContactKind;
  readonly countries: readonly [Country, ...Country[]];
  readonly phone: string | undefined;
  readonly uuid: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  /** The contact as it was captured, where there is one to keep. */
  readonly capturedContact: Contact | undefined;
  readonly capturedIds: Partial<ProviderIds>;
  /** Why a step of a life fails. */
  failureOf(step: ScenarioStep): GeneratedFailure | undefined;
}

/**
 * Makes the choices that were left open.
 *
 * @throws {CallbellStatusError} `usage` where the provider has no failure of that code; see {@link findFailure}
 */
export function prepareRun(options: MessageOptions, entropy: Entropy): Run {
  const { adopted, contact, countries = ['GB'], failureCode } = options;
  const name = options.provider ?? adopted?.provider ?? 'gupshup';
  const provider = name === 'none' ? undefined : PROVIDERS[name];
  // The ids contain the number: with another number, or at another provider, they would not belong together.
  const keepsIds = options.phone === undefined && name === adopted?.provider;
  const capturedIds = keepsIds ? adopted.ids : {};
  return {
    provider,
    account: drawAccount(entropy),
    contact: contact ?? (adopted === undefined ? 'full' : 'none'),
    countries,
    phone: options.phone ?? adopted?.phone,
    uuid: options.uuid ?? adopted?.uuid,
    metadata: options.metadata ?? adopted?.metadata,
    capturedContact: contact === undefined ? adopted?.contact : undefined,
    capturedIds,
    failureOf:
      provider === undefined
        ? () => undefined
        : prepareFailure(provider, failureCode, capturedIds.whatsappId !== undefined),
  };
}

/** @param isKnownToWhatsapp the message has its id there already, so that it can only fail later */
function prepareFailure(
  provider: Provider,
  wanted: number | undefined,
  isKnownToWhatsapp: boolean,
): Run['failureOf'] {
  const fact = findFailure(provider.name, wanted ?? provider.usualFailure);
  if (fact === undefined) {
    throw new CallbellStatusError('usage', `${provider.name} has no failure ${wanted}`, {
      hint: 'callbell-status simulate --list names them',
    });
  }
  const { code, reason } = fact;
  const late: GeneratedFailure = { code, reason, late: true };
  const atOnce: GeneratedFailure = { code, reason, late: false };
  const byCode = isKnownToWhatsapp || failsLate(code) ? late : atOnce;
  return ({ status, fails }) => {
    if (status !== 'failed') return undefined;
    if (fails === undefined) return byCode;
    return fails === 'later' ? late : atOnce;
  };
}
