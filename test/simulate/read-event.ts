import { isJsonObject, stringAt } from '../../src/domain/json.ts';

/** What an event says, read without the code that generates or validates it. */
export interface ReadEvent {
  readonly uuid: string;
  readonly contactUuid: string | undefined;
  readonly destination: string | undefined;
  readonly gupshupId: string | undefined;
  readonly whatsappId: string | undefined;
  /** The id of a message of the recipient. */
  readonly inboundId: string | undefined;
  readonly timeSeconds: number | undefined;
  readonly isCloud: boolean;
}

/** Reads a generated event as the documentation of its provider says. */
export function readEvent(event: unknown): ReadEvent {
  const payload = memberOf(event, 'payload');
  const raw = memberOf(payload, 'messageStatusPayload');
  const common = {
    uuid: stringAt(payload, 'uuid') ?? '',
    contactUuid: stringAt(memberOf(payload, 'contact'), 'uuid'),
  };
  const statuses = memberOf(memberOf(memberOf(raw, 'messaging'), 'value'), 'statuses');
  if (Array.isArray(statuses)) return { ...common, ...readCloud(statuses[0]) };
  return { ...common, ...readGupshup(raw) };
}

function readCloud(status: unknown): Omit<ReadEvent, 'uuid' | 'contactUuid'> {
  return {
    destination: stringAt(status, 'recipient_id'),
    gupshupId: undefined,
    whatsappId: stringAt(status, 'id'),
    inboundId: undefined,
    timeSeconds: Number(stringAt(status, 'timestamp')),
    isCloud: true,
  };
}

function readGupshup(raw: unknown): Omit<ReadEvent, 'uuid' | 'contactUuid'> {
  const type = stringAt(raw, 'type');
  const inner = memberOf(raw, 'payload');
  const id = stringAt(raw, 'id');
  const gsId = stringAt(raw, 'gsId');
  const ts = memberOf(inner, 'ts');
  const isEarly = type === 'enqueued' || (type === 'failed' && gsId === undefined);
  return {
    destination: stringAt(raw, 'destination'),
    gupshupId: isEarly ? id : gsId,
    whatsappId: isEarly || type === 'deleted' ? stringAt(inner, 'whatsappMessageId') : id,
    inboundId: type === 'deleted' ? id : undefined,
    timeSeconds: typeof ts === 'number' ? ts : undefined,
    isCloud: false,
  };
}

function memberOf(value: unknown, key: string): unknown {
  return isJsonObject(value) ? value[key] : undefined;
}
