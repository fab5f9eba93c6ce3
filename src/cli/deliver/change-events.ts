import { refreshEvent } from '../../domain/delivery/refresh.ts';
import { timeOfEvent } from '../../domain/delivery/timeline.ts';
import { applyOverrides, type Override } from '../../domain/generate/overrides.ts';
import { isJsonObject, stringAt } from '../../domain/json.ts';
import { isTooDeep, MOST_DEPTH } from '../../domain/json-depth.ts';
import { checkOverrides } from '../simulate/overrides.ts';
import { type DeliverySource, isSendable, type SourceEvent, type SourceItem } from './delivery-source.ts';

/** How captured events are changed before they are sent. */
export interface Changes {
  readonly overrides: readonly Override[];
  readonly setNew: boolean;
  readonly fresh: boolean;
  readonly seed: number | undefined;
  readonly timing: 'fast' | 'original' | undefined;
}

/** So many events are looked at for the paths that are to be changed. */
const SAMPLES = 1000;

/**
 * Changes the events of a source where that was asked for; their bodies are then written anew.
 *
 * @param world the present time, and a seed where the changes have none
 * @throws {CallbellStatusError} `usage` for a path that no event has
 */
export async function changeEvents(
  source: DeliverySource,
  changes: Changes,
  world: { readonly now: () => Date; readonly randomSeed: () => number; readonly signal: AbortSignal },
): Promise<DeliverySource> {
  const { overrides, setNew, fresh } = changes;
  if (overrides.length === 0 && !fresh) return source;
  const seed = changes.seed ?? world.randomSeed();
  const survey = await surveyEvents(source, changes, world.signal);
  if (survey.samples.length > 0) checkOverrides(overrides, survey.samples, setNew, 'the capture');
  let isChecked = survey.samples.length > 0;
  let baseMs = survey.baseMs;
  const nowMs = world.now().getTime();
  const change = (event: SourceEvent): SourceItem => {
    const captured = parse(event);
    if (captured === undefined) return unchangeable(event, 'not JSON, and cannot be changed');
    if (isTooDeep(captured.value)) {
      return unchangeable(event, `nested more than ${MOST_DEPTH} levels deep, and cannot be changed`);
    }
    const { value } = captured;
    if (!isChecked) checkOverrides(overrides, [value], setNew, 'the capture');
    isChecked = true;
    baseMs ??= timeOfEvent(value, undefined);
    const shiftSeconds = Math.round((nowMs - (baseMs ?? nowMs)) / 1000);
    const refreshed = fresh ? refreshEvent(value, { key: String(seed), shiftSeconds }) : value;
    return rewritten(event, applyOverrides(refreshed, overrides, setNew));
  };
  const note = 'changed events are written anew: they are not the bytes of the capture';
  const again = fresh && changes.seed === undefined ? `; reproduce with: --seed ${seed}` : '';
  const { preview, notes } = source;
  return {
    ...source,
    isReplaceable: false,
    notes: [...notes, `${note}${again}`],
    items: changed(source.items, change),
    preview: preview === undefined ? undefined : () => changed(preview(), change),
  };
}

interface Survey {
  readonly samples: readonly unknown[];
  /** The time that becomes now: the newest, or the first where the recorded gaps are kept. */
  readonly baseMs: number | undefined;
}

async function surveyEvents(
  { preview }: DeliverySource,
  { fresh, timing }: Changes,
  signal: AbortSignal,
): Promise<Survey> {
  const samples: unknown[] = [];
  let baseMs: number | undefined;
  for await (const event of changeable(preview?.() ?? [])) {
    // After a signal nothing is sent any more, so nothing needs to be known.
    if (signal.aborted) break;
    if (samples.length < SAMPLES) samples.push(event);
    else if (!fresh) break;
    const timeMs = timeOfEvent(event, undefined);
    if (timeMs !== undefined && (baseMs === undefined || (timing !== 'original' && timeMs > baseMs)))
      baseMs = timeMs;
  }
  return { samples, baseMs };
}

async function* changeable(items: DeliverySource['items']): AsyncGenerator<unknown> {
  for await (const item of items) {
    const event = isSendable(item) ? parse(item) : undefined;
    if (event !== undefined && !isTooDeep(event.value)) yield event.value;
  }
}

/** Changes events. What throws is an item too: the run ends, and this event and those after it are kept. */
async function* changed(
  items: DeliverySource['items'],
  change: (event: SourceEvent) => SourceItem,
): AsyncGenerator<SourceItem> {
  for await (const item of items) yield isSendable(item) ? tried(item, change) : item;
}

function tried(event: SourceEvent, change: (event: SourceEvent) => SourceItem): SourceItem {
  try {
    return change(event);
  } catch (error) {
    return { error, event };
  }
}

function unchangeable({ source, bytes }: SourceEvent, why: string): SourceItem {
  return { source, bytes, unsendable: `${source} is ${why}`, isEvent: true };
}

function parse({ bytes }: SourceEvent): { readonly value: unknown } | undefined {
  try {
    return {
      value: JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')),
    };
  } catch {
    return undefined;
  }
}

function rewritten({ source, receivedAt }: SourceEvent, event: unknown): SourceEvent {
  const payload = isJsonObject(event) ? event.payload : undefined;
  const uuid = stringAt(payload, 'uuid');
  const status = stringAt(payload, 'status');
  return {
    source,
    bytes: Buffer.from(JSON.stringify(event)),
    ...(uuid !== undefined && { uuid }),
    ...(status !== undefined && { status }),
    ...(receivedAt !== undefined && { receivedAt }),
  };
}
