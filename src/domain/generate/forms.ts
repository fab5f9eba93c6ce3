import { CallbellStatusError } from '../../errors.ts';
import type { FailureProvider } from '../failures.ts';
import type { ContactKind } from './contact.ts';
import { ERAS, type EraName } from './era.ts';
import { hasVariant, VARIANTS, type Variant, type VariantName } from './variants.ts';

/** Forms that are asked for together. */
export interface AskedForms {
  readonly provider: FailureProvider | undefined;
  readonly era: EraName;
  readonly variants: readonly VariantName[];
  readonly contact: ContactKind | undefined;
}

/**
 * Makes sure that no event mixes forms of several providers or eras.
 *
 * @throws {CallbellStatusError} `usage`
 */
export function checkForms({ provider, era, variants, contact }: AskedForms): void {
  for (const name of variants) {
    if (hasVariant(name, provider, era)) continue;
    const { providers, since }: Variant = VARIANTS[name];
    const from = since === undefined ? '' : `, from the era ${since} on`;
    throw new CallbellStatusError(
      'usage',
      `there is no variant "${name}" at ${provider ?? 'no provider'} in the era ${era}`,
      { hint: `it is one of ${providers.join(' and ')}${from}` },
    );
  }
  if (contact === 'bsuid' && !ERAS[era].hasBsuids) {
    throw new CallbellStatusError('usage', `there were no BSUIDs in the era ${era}`, {
      hint: 'they came in April 2026: --era 2026-04',
    });
  }
}
