import type { ProviderReading } from '../providers/provider.ts';
import { RecentMap } from '../recent-map.ts';
import { comparableWhatsappId, isShort, type MessageEvent } from './message-state.ts';
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

  /** Takes the ids of an event; `line` is where it stands. Paths are those of the event. */
  check({ uuid, status, reading }: MessageEvent, line: number): readonly Problem[] {
    if (reading === undefined) return NO_PROBLEMS;
    const hasOwnId = reading.whatsappIdPath.length > 1;
    const gupshupPath = hasOwnId ? ['id'] : [reading.provider === 'gupshup' ? 'gsId' : 'gs_id'];
    const problems: Problem[] = [];
    this.#take(problems, reading, gupshupPath, reading.gupshupId, uuid, line);
    const whatsappId = comparableWhatsappId(status, reading);
    this.#take(problems, reading, reading.whatsappIdPath, whatsappId, uuid, line);
    // Both ids are of the same message as a rule: one of them says it.
    return problems.slice(0, 1);
  }

  #take(
    problems: Problem[],
    { path }: ProviderReading,
    idPath: ProviderReading['path'],
    id: string | undefined,
    uuid: string,
    line: number,
  ): void {
    if (id === undefined || id.length < SHORTEST_ID || !isShort(id)) return;
    const owner = this.#owners.get(id) ?? { uuid, line, also: undefined };
    this.#owners.put(id, owner);
    if (owner.uuid === uuid || owner.also === uuid) return;
    owner.also = uuid;
    const details = { value: id, uuid: owner.uuid, before: owner.line };
    problems.push(problem('shared-id', [...PROVIDER_PATH, ...path, ...idPath], details));
  }
}

const NO_PROBLEMS: readonly Problem[] = [];
