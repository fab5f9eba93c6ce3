import { refreshEvent } from '../../domain/delivery/refresh.ts';
import { timeOfEvent } from '../../domain/delivery/timeline.ts';
import { applyOverrides, type Override } from '../../domain/generate/overrides.ts';
import { isJsonObject, stringAt } from '../../domain/json.ts';
import type { Environment } from '../environment.ts';
import { checkOverrides } from '../simulate/overrides.ts';
import { type DeliverySource, isSendable, type SourceEvent, type SourceItem } from './delivery-source.ts';

/** How captured events are changed before they are sent. */
export interface Changes {
  readonly overrides: readonly Override[];
  readonly setNew?: boolean | undefined;
  readonly fresh?: boolean | undefined;
  readonly seed?: number | undefined;
  readonly timing?: 'fast' | 'original' | undefined;
}

/** So many events are looked at for the paths that are to be changed. */
const SAMPLES = 1000;

/**
 * Changes the events of a source where that was asked for; their bodies are then written anew.
 *
 * @throws {CallbellStatusError} `usage` for a path that no event has
 */
export async function changeEvents(
  source: DeliverySource,
  changes: Changes,
  environment: Environment,
): Promise<DeliverySource> {
  const { overrides, setNew = false, fresh } = changes;
  if (overrides.length === 0 && !fresh) return source;
  const seed = changes.seed ?? environment.randomSeed();
  const survey = await surveyEvents(source, changes);
  if (survey.samples.length > 0) checkOverrides(overrides, survey.samples, setNew, 'the capture');
  let isChecked = survey.samples.length > 0;
  let baseMs = survey.baseMs;
  const nowMs = environment.now().getTime();
  const change = (event: SourceEvent): SourceEvent => {
    const captured = parse(event);
    if (!isChecked) checkOverrides(overrides, [captured], setNew, 'the capture');
    isChecked = true;
    baseMs ??= timeOfEvent(captured, undefined);
    const shiftSeconds = Math.round((nowMs - (baseMs ?? nowMs)) / 1000);
    const refreshed = fresh ? refreshEvent(captured, { key: String(seed), shiftSeconds }) : captured;
    return rewritten(event, applyOverrides(refreshed, overrides, setNew));
  };
  const note = 'changed events are written anew: they are not the bytes of the capture';
  const again = fresh && changes.seed === undefined ? `; the same ids again: --seed ${seed}` : '';
  const { preview, notes = [] } = source;
  return {
    ...source,
    notes: [...notes, `${note}${again}`],
    items: changed(source.items, change),
    ...(preview !== undefined && { preview: () => changed(preview(), change) }),
  };
}

interface Survey {
  readonly samples: readonly unknown[];
  /** The time that becomes now: the newest, or the first where the recorded gaps are kept. */
  readonly baseMs: number | undefined;
}

async function surveyEvents({ preview }: DeliverySource, { fresh, timing }: Changes): Promise<Survey> {
  const samples: unknown[] = [];
  let baseMs: number | undefined;
  if (preview === undefined) return { samples, baseMs };
  for await (const item of preview()) {
    if (!isSendable(item)) continue;
    const event = parse(item);
    if (samples.length < SAMPLES) samples.push(event);
    else if (!fresh) break;
    const timeMs = timeOfEvent(event, undefined);
    if (timeMs !== undefined && (baseMs === undefined || (timing !== 'original' && timeMs > baseMs)))
      baseMs = timeMs;
  }
  return { samples, baseMs };
}

async function* changed(
  items: DeliverySource['items'],
  change: (event: SourceEvent) => SourceEvent,
): AsyncGenerator<SourceItem> {
  for await (const item of items) yield isSendable(item) ? change(item) : item;
}

function parse({ bytes }: SourceEvent): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
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
