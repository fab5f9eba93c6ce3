import type { ProviderReading } from '../providers/provider.ts';
import { RecentMap } from '../recent-map.ts';
import {
  comparableWhatsappId,
  formOf,
  isKnown,
  isShort,
  type MessageEvent,
  type MessageState,
  type TextFact,
} from './message-state.ts';
import { type Problem, problem } from './problem.ts';
import { PROVIDER_PATH } from './provider-path.ts';

/** The message that an id was seen with. */
interface Owner {
  readonly uuid: string;
  readonly line: number;
  /** Another message that was reported: it is not reported again. */
  also: string | undefined;
}

/** Ids of providers are longer; a shorter one is a stand-in of a test or of somebody who masked it. */
const SHORTEST_ID = 16;

/** Finds ids of providers that two messages share, among a bounded number of ids. */
export class SharedIds {
  readonly #owners: RecentMap<string, Owner>;

  /** @param remembered how many of the latest ids are remembered for certain */
  constructor(remembered: number) {
    this.#owners = new RecentMap(remembered);
  }

  /**
   * Takes the ids of an event; `line` is where it stands. Paths are those of the event.
   *
   * @param state of its message before the event: an id that is in it was taken then
   */
  check({ uuid, status, reading }: MessageEvent, line: number, state: MessageState): readonly Problem[] {
    if (reading === undefined) return NO_PROBLEMS;
    const { gupshupId, whatsappIdPath } = reading;
    const whatsappId = comparableWhatsappId(status, reading);
    const gupshupOwner = this.#take(gupshupId, state.gupshupId, uuid, line);
    const whatsappOwner = this.#take(whatsappId, state.whatsappIds[formOf(whatsappId)], uuid, line);
    // Both ids are of the same message as a rule: one of them says it.
    if (gupshupOwner !== undefined)
      return [sharedId(reading, gupshupIdPath(reading), gupshupId, gupshupOwner)];
    if (whatsappOwner !== undefined) return [sharedId(reading, whatsappIdPath, whatsappId, whatsappOwner)];
    return NO_PROBLEMS;
  }

  /** Returns the other message that has the id, where it is to be reported. */
  #take(id: string | undefined, fact: TextFact, uuid: string, line: number): Owner | undefined {
    if (id === undefined || isKnown(fact, id) || id.length < SHORTEST_ID || !isShort(id)) return undefined;
    const owner = this.#owners.touch(id);
    if (owner === undefined) this.#owners.put(id, { uuid, line, also: undefined });
    if (owner === undefined || owner.uuid === uuid || owner.also === uuid) return undefined;
    owner.also = uuid;
    return owner;
  }
}

function gupshupIdPath({ provider, whatsappIdPath }: ProviderReading): ProviderReading['path'] {
  if (whatsappIdPath.length > 1) return ['id'];
  return [provider === 'gupshup' ? 'gsId' : 'gs_id'];
}

function sharedId(
  { path }: ProviderReading,
  idPath: ProviderReading['path'],
  value = '',
  { uuid, line }: Owner,
): Problem {
  return problem('shared-id', [...PROVIDER_PATH, ...path, ...idPath], { value, uuid, before: line });
}

const NO_PROBLEMS: readonly Problem[] = [];
