import { stat } from 'node:fs/promises';
import { isJsonObject, stringAt } from '../../domain/json.ts';
import { CallbellStatusError } from '../../errors.ts';
import { enveloped, isBarePayload } from '../../io/capture/bare-payload.ts';
import type { CaptureRecord } from '../../io/capture/capture-record.ts';
import { readCapture } from '../../io/capture/read-capture.ts';
import { isRecordedCheck } from '../../io/capture/recorded-check.ts';
import type { Environment } from '../environment.ts';
import { type DeliverySource, isSendable, type SourceEvent, type SourceItem } from './delivery-source.ts';

/** Which captured events to deliver. */
export interface Selection {
  readonly status?: readonly string[] | undefined;
  /** The uuids of messages, or how they begin. */
  readonly uuid?: readonly string[] | undefined;
  /** Of the events that are left, so many are passed over. */
  readonly skip?: number | undefined;
  /** At most so many are taken. */
  readonly limit?: number | undefined;
}

/** Up to that many bytes are looked through beforehand only to say how many events there are. */
const SHORT_BYTES = 32 * 1024 * 1024;

/** Prepares captured files to be delivered; `-` is standard input. */
export async function openDeliverables(
  files: readonly string[],
  selection: Selection,
  environment: Environment,
): Promise<DeliverySource> {
  let eventsRead = 0;
  const read = (onEvent?: () => void): AsyncIterable<SourceItem> =>
    select(readDeliverables(files, environment), selection, onEvent);
  const sizes = await Promise.all(files.map(sizeOf));
  const isRepeatable = sizes.every((size) => size !== undefined);
  const bytes = sizes.reduce<number>((sum, size = 0) => sum + size, 0);
  return {
    items: read(() => {
      eventsRead += 1;
    }),
    eventsRead: () => eventsRead,
    files: files.filter((file) => file !== '-'),
    isShort: bytes <= SHORT_BYTES,
    ...(isRepeatable && { preview: () => read() }),
  };
}

/** The size of a file that can be read twice; a pipe cannot. */
async function sizeOf(file: string): Promise<number | undefined> {
  const found = file === '-' ? undefined : await stat(file).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}

async function* readDeliverables(
  files: readonly string[],
  environment: Environment,
): AsyncGenerator<SourceItem> {
  for (const file of files) {
    try {
      for await (const record of readCapture(file, environment)) yield toItem(record);
    } catch (error) {
      if (!(error instanceof CallbellStatusError) || error.code !== 'unreadable-source') throw error;
      yield { unreadable: error };
    }
  }
}

/** Passes on the events that were selected; what cannot be sent cannot be selected, and is always said. */
async function* select(
  items: AsyncIterable<SourceItem>,
  { status, uuid, skip = 0, limit = Number.POSITIVE_INFINITY }: Selection,
  onEvent: () => void = () => {},
): AsyncGenerator<SourceItem> {
  let passed = 0;
  let taken = 0;
  for await (const item of items) {
    if (!isSendable(item)) {
      yield item;
      continue;
    }
    onEvent();
    if (isSelected(item, status, uuid)) {
      passed += 1;
      if (passed <= skip) continue;
      taken += 1;
      yield item;
      if (taken === limit) return;
    }
  }
}

function isSelected(
  { status, uuid }: SourceEvent,
  statuses: Selection['status'],
  uuids: Selection['uuid'],
): boolean {
  if (statuses !== undefined && (status === undefined || !statuses.includes(status))) return false;
  return uuids === undefined || uuids.some((wanted) => uuid?.startsWith(wanted));
}

function toItem(record: CaptureRecord): SourceItem {
  const { source: file, line, column, bytes, fault, faultCode, parsed, receivedAt } = record;
  const source = `${file}:${line}`;
  if (faultCode === 'torn-record' || faultCode === 'withheld-body') return { skipped: `${source}: ${fault}` };
  if (fault !== undefined) return { source, bytes, unsendable: `${source}:${column} is not JSON: ${fault}` };
  if (isRecordedCheck(record)) return { skipped: `${source}: a check of the connection, not an event` };
  if (parsed === undefined) {
    const unsendable = `${source}:${column} is not JSON: callbell-status validate ${file} says where`;
    return { source, bytes, unsendable };
  }
  const bare = isBarePayload(record);
  const event = parsed.value;
  const payload = bare ? event : isJsonObject(event) ? event.payload : undefined;
  const uuid = stringAt(payload, 'uuid');
  const status = stringAt(payload, 'status');
  return {
    source,
    bytes: bare ? enveloped(bytes) : bytes,
    ...(uuid !== undefined && { uuid }),
    ...(status !== undefined && { status }),
    ...(receivedAt !== undefined && { receivedAt }),
  };
}
