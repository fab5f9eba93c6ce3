import { isJsonObject, stringAt } from '../../src/domain/json.ts';

/** What an event says, read without the code that generates or validates it. */
export interface ReadEvent {
  readonly uuid: string;
  readonly status: string;
  readonly contactUuid: string | undefined;
  readonly destination: string | undefined;
  readonly gupshupId: string | undefined;
  readonly whatsappId: string | undefined;
  /** The id of a message of the recipient. */
  readonly inboundId: string | undefined;
  readonly timeSeconds: number | undefined;
  readonly isCloud: boolean;
  /** The business's own number. */
  readonly account: string | undefined;
  readonly bsuid: string | undefined;
  /** What a mismatch says. */
  readonly correction: unknown;
}

/** Reads a generated event as the documentation of its provider says. */
export function readEvent(event: unknown): ReadEvent {
  const payload = memberOf(event, 'payload');
  const raw = memberOf(payload, 'messageStatusPayload');
  const common = {
    uuid: stringAt(payload, 'uuid') ?? '',
    status: stringAt(payload, 'status') ?? '',
    contactUuid: stringAt(memberOf(payload, 'contact'), 'uuid'),
  };
  const statuses = memberOf(memberOf(memberOf(raw, 'messaging'), 'value'), 'statuses');
  if (Array.isArray(statuses)) {
    const metadata = memberOf(memberOf(memberOf(raw, 'messaging'), 'value'), 'metadata');
    return { ...common, ...readCloud(statuses[0]), account: stringAt(metadata, 'display_phone_number') };
  }
  return { ...common, ...readGupshup(raw) };
}

type Inside = Omit<ReadEvent, 'uuid' | 'status' | 'contactUuid'>;

function readCloud(status: unknown): Omit<Inside, 'account'> {
  return {
    destination: stringAt(status, 'recipient_id'),
    gupshupId: undefined,
    whatsappId: stringAt(status, 'id'),
    inboundId: undefined,
    timeSeconds: Number(stringAt(status, 'timestamp')),
    isCloud: true,
    bsuid: stringAt(status, 'recipient_user_id'),
    correction: undefined,
  };
}

function readGupshup(raw: unknown): Inside {
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
    account: undefined,
    bsuid: stringAt(raw, 'userId'),
    correction: type === 'mismatch' ? inner : undefined,
  };
}

/** The code of a failed event; undefined for any other. */
export function readFailure(event: unknown): number | undefined {
  const payload = memberOf(event, 'payload');
  if (stringAt(payload, 'status') !== 'failed') return undefined;
  const raw = memberOf(payload, 'messageStatusPayload');
  const statuses = memberOf(memberOf(memberOf(raw, 'messaging'), 'value'), 'statuses');
  const errors = Array.isArray(statuses) ? memberOf(statuses[0], 'errors') : undefined;
  const failure = Array.isArray(errors) ? errors[0] : memberOf(raw, 'payload');
  const code = memberOf(failure, 'code');
  return typeof code === 'number' ? code : undefined;
}

function memberOf(value: unknown, key: string): unknown {
  return isJsonObject(value) ? value[key] : undefined;
}
