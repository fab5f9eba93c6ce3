import type { CategoryName } from '../../domain/generate/categories.ts';
import type { ContactKind } from '../../domain/generate/contact.ts';
import type { EraName } from '../../domain/generate/era.ts';
import type { Country } from '../../domain/generate/fictional-numbers.ts';
import type { Override } from '../../domain/generate/overrides.ts';
import type { GeneratedProvider } from '../../domain/generate/run.ts';
import type { ScenarioName } from '../../domain/generate/scenarios.ts';
import type { VariantName } from '../../domain/generate/variants.ts';
import type { MessageStatus } from '../../domain/status.ts';
import type { DeliveryFlags } from '../deliver/delivery-flags.ts';
import type { WeightedScenario } from './flags.ts';

/** The flags of `simulate`, as they are typed; most of them have no default here, so that it is known what was said. */
export interface SimulateFlags extends Omit<DeliveryFlags, 'to'> {
  readonly status?: readonly MessageStatus[] | undefined;
  readonly scenario?: readonly ScenarioName[] | undefined;
  readonly mix?: readonly WeightedScenario[] | undefined;
  readonly from?: string | undefined;
  readonly failure?: readonly number[] | undefined;
  readonly provider?: GeneratedProvider | undefined;
  readonly era?: EraName | undefined;
  readonly category?: CategoryName | undefined;
  readonly variant?: readonly VariantName[] | undefined;
  /** In seconds. */
  readonly within?: number | undefined;
  readonly count?: number | undefined;
  readonly interleave?: boolean | undefined;
  readonly contact?: ContactKind | undefined;
  readonly country?: readonly Country[] | undefined;
  readonly phone?: string | undefined;
  readonly uuid?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly set?: readonly Override[] | undefined;
  readonly setJson?: readonly Override[] | undefined;
  readonly unset?: readonly Override[] | undefined;
  readonly setNew?: boolean | undefined;
  readonly now?: Date | undefined;
  readonly output?: string | undefined;
  readonly to?: URL | undefined;
  readonly verbose?: boolean | undefined;
  readonly list?: boolean | undefined;
}
