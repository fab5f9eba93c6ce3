import { isCallbell } from '../../domain/delivery/target.ts';
import { CallbellStatusError } from '../../errors.ts';

/**
 * Refuses Callbell itself as a target.
 *
 * @throws {CallbellStatusError} `usage`
 */
export function rejectCallbell(url: URL): void {
  if (!isCallbell(url)) return;
  throw new CallbellStatusError('usage', `${url.host} is Callbell itself: events are never sent there`, {
    hint: 'name the URL of your own handler',
  });
}
