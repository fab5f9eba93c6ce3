import { failureCodes, findFailure } from '../../domain/failures.ts';
import type { GeneratedProvider } from '../../domain/generate/run.ts';
import { type Story, statusesOf } from '../../domain/generate/story.ts';
import { nearest } from '../../domain/nearest.ts';
import { CallbellStatusError } from '../../errors.ts';
import type { SimulateFlags } from './options.ts';

/**
 * The provider that was asked for or, where none was, the one that has the failure that was asked for.
 *
 * @throws {CallbellStatusError} `usage` where no provider, or not that one, has the failure, or nothing fails
 */
export function chooseProvider(
  { provider, failure }: SimulateFlags,
  adopted: GeneratedProvider | undefined,
  stories: readonly Story[],
): { provider: GeneratedProvider; note: string[] } {
  const chosen = provider ?? adopted;
  if (failure === undefined) return { provider: chosen ?? 'gupshup', note: [] };
  if (!statusesOf(stories).has('failed')) {
    throw new CallbellStatusError('usage', `--failure ${failure} needs something that fails`, {
      hint: 'for example --status failed or --scenario failed-late',
    });
  }
  if (chosen === 'none') throw new CallbellStatusError('usage', 'without a provider no failure can be told');
  if (chosen !== undefined) {
    if (findFailure(chosen, failure) === undefined) throw unknownFailure(failure, chosen);
    return { provider: chosen, note: [] };
  }
  if (findFailure('gupshup', failure) !== undefined) return { provider: 'gupshup', note: [] };
  if (findFailure('cloud', failure) === undefined) throw unknownFailure(failure, undefined);
  return { provider: 'cloud', note: [`note: only Meta has a failure ${failure}: --provider cloud\n`] };
}

function unknownFailure(code: number, provider: 'gupshup' | 'cloud' | undefined): CallbellStatusError {
  const other = provider === 'gupshup' ? 'cloud' : 'gupshup';
  if (provider !== undefined && findFailure(other, code) !== undefined) {
    return new CallbellStatusError('usage', `${provider} has no failure ${code}, it is one of ${other}`, {
      hint: `--provider ${other} has it`,
    });
  }
  const codes = failureCodes().filter((each) => provider === undefined || findFailure(provider, each));
  const meant = nearestCode(code, codes);
  return new CallbellStatusError(
    'usage',
    `there is no failure ${code}${meant === undefined ? '' : `. Did you mean ${meant}?`}`,
    {
      hint: 'callbell-status simulate --list shows all',
    },
  );
}

/** A slip of one digit away or two swapped, of several such the nearest number; undefined where none is so near. */
function nearestCode(code: number, codes: readonly number[]): string | undefined {
  const byDistance = [...codes].sort((a, b) => Math.abs(a - code) - Math.abs(b - code)).map(String);
  return nearest(String(code), byDistance, 1);
}
