import { toPointer } from '../json.ts';
import type { ProviderName, ProviderReading } from '../providers/provider.ts';
import { isMessageStatus, type MessageStatus } from '../status.ts';

/** What of one event matters for those after it. */
export interface SequenceFacts {
  readonly uuid: string;
  readonly status: MessageStatus;
  /** Where it stands, from 1. */
  readonly line: number;
  readonly timeSeconds?: number | undefined;
  readonly gupshupId?: string | undefined;
  readonly whatsappId?: string | undefined;
  readonly destination?: string | undefined;
  readonly provider?: ProviderName | undefined;
  /** Where the provider's object stands that says so: a pointer below the raw object. */
  readonly object?: string | undefined;
  /** At Gupshup, `id` is Gupshup's own id, not the one of WhatsApp. */
  readonly hasOwnId?: boolean | undefined;
}

/** Facts as one text, cheap to keep and to send to another thread, and what is to be added to their line. */
export interface PackedFacts {
  readonly text: string;
  readonly linesBefore: number;
}

const FIELDS = 10;

/** The facts of an event as a text; undefined where its uuid or status is not fit to be compared. */
export function packFacts(
  { uuid, status }: { readonly [key: string]: unknown },
  reading: ProviderReading | undefined,
  line: number,
): string | undefined {
  if (typeof uuid !== 'string' || !isMessageStatus(status)) return undefined;
  const { timeSeconds = '', gupshupId = '', whatsappId = '', destination = '' } = reading ?? {};
  const object = reading === undefined || reading.path.length === 0 ? '' : toPointer(reading.path);
  const hasOwnId = reading !== undefined && reading.whatsappIdPath.length > 1 ? '1' : '';
  const facts = `${uuid}\t${status}\t${line}\t${timeSeconds}\t${gupshupId}\t${whatsappId}\t${destination}`;
  return `${facts}\t${reading?.provider ?? ''}\t${object}\t${hasOwnId}`;
}

/** The facts of a text that {@link packFacts} made. */
export function unpackFacts({ text, linesBefore }: PackedFacts): SequenceFacts {
  const fields = text.split('\t');
  const [uuid = '', status, line, time, gupshupId, whatsappId, destination, provider, object, ownId] = fields;
  const facts = { uuid, status: status as MessageStatus, line: Number(line) + linesBefore };
  // A tab inside a value, which no provider writes: there is nothing to be compared then but the status.
  if (fields.length !== FIELDS || !provider) return facts;
  return {
    ...facts,
    timeSeconds: time ? Number(time) : undefined,
    gupshupId: gupshupId || undefined,
    whatsappId: whatsappId || undefined,
    destination: destination || undefined,
    provider: provider as ProviderName,
    object,
    hasOwnId: ownId === '1',
  };
}
