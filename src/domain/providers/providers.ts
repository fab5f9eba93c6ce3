import { isJsonObject } from '../json.ts';
import { cloud } from './cloud/cloud.ts';
import { gupshup } from './gupshup/gupshup.ts';
import type { Provider, ProviderName, ProviderReading, ProviderReadings } from './provider.ts';

/** The one list of providers. Their objects carry no discriminator; the first that recognises one reads it. */
export const PROVIDERS: Readonly<Record<ProviderName, Provider>> = { gupshup, cloud };

const ALL = Object.values(PROVIDERS);

/**
 * Reads a raw `messageStatusPayload`. Undefined where it is absent or of no known provider: WhatsApp QR
 * channels have an undocumented one, which is accepted and kept as it is.
 */
export function readProviderPayload(raw: unknown): ProviderReadings | undefined {
  if (!isJsonObject(raw)) return undefined;
  for (const provider of ALL) if (provider.recognise(raw)) return provider.read(raw);
  return undefined;
}

/** The reading that belongs to the outer status: the one that says the same, else the first. */
export function readingFor(
  readings: ProviderReadings | undefined,
  outerStatus: string | undefined,
): ProviderReading | undefined {
  return readings?.read.find(({ status }) => status === outerStatus) ?? readings?.read[0];
}
