import type { Contact, StatusEvent } from '../event.ts';
import type { ProviderIds, ProviderName, ProviderReading } from '../providers/provider.ts';
import { readingFor, readProviderPayload } from '../providers/providers.ts';

/** What is known of a message that was captured, so that its life can go on. */
export interface AdoptedMessage {
  /** Undefined where its events had no object of a known provider. */
  readonly provider: ProviderName | undefined;
  readonly uuid: string | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly contact: Contact | undefined;
  /** The number it went to. */
  readonly phone: string | undefined;
  readonly ids: Partial<ProviderIds>;
}

/** Gathers what the events of one message say; of two that differ the first counts. */
export function adoptMessage(events: readonly StatusEvent[]): AdoptedMessage {
  const uuid = first(events, ({ payload }) => payload.uuid);
  const own = events.filter(({ payload }) => payload.uuid === uuid);
  const readings = own.flatMap(({ payload }): ProviderReading[] => {
    const reading = readingFor(readProviderPayload(payload.messageStatusPayload), payload.status);
    return reading === undefined ? [] : [reading];
  });
  const whatsappId = first(readings, (reading) => reading.whatsappId);
  const gupshupId = first(readings, (reading) => reading.gupshupId);
  return {
    provider: readings[0]?.provider,
    uuid,
    metadata: first(own, ({ payload }) => payload.metadata ?? undefined),
    contact: first(own, ({ payload }) => payload.contact ?? undefined),
    phone: first(readings, ({ destination }) => destination),
    ids: { ...(whatsappId !== undefined && { whatsappId }), ...(gupshupId !== undefined && { gupshupId }) },
  };
}

function first<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Value | undefined,
): Value | undefined {
  for (const item of items) {
    const value = read(item);
    if (value !== undefined) return value;
  }
  return undefined;
}
