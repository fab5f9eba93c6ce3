import { gupshupMessageId, shortMessageId, whatsappMessageId } from '../../generate/ids.ts';
import { AFTER_DELIVERED, happensAt, lateShares } from '../meta-failures.ts';
import type { FailureShares, Provider } from '../provider.ts';
import { buildGupshup } from './build-gupshup.ts';
import { readGupshup, recogniseGupshup } from './read-gupshup.ts';

/** Gupshup's own refusals (assumed). */
const AT_ONCE: FailureShares = [
  [1002, 15],
  [1008, 3],
  [1012, 2],
];

/** Codes of the on-premises API (assumed: the most seen one first). */
const ON_PREMISES: FailureShares = [
  [470, 50],
  [1026, 30],
  [472, 10],
  [410, 5],
  [402, 5],
];

const ON_PREMISES_AFTER_DELIVERED = 1026;

/**
 * Gupshup's v2 object: `{id, gsId, type, destination, payload}`. Both examples that Callbell publishes have
 * this shape (documented).
 */
export const gupshup: Provider = {
  name: 'gupshup',
  meaning: 'Gupshup, the object in both examples of Callbell',
  origin: 'documented',
  lacks: [],
  tellsBsuid: false,
  recognise: recogniseGupshup,
  read: (raw) => ({ read: [readGupshup(raw)], unread: 0 }),
  drawIds: (draws, { phone }, { era, variants }) => {
    const gupshupId = gupshupMessageId(draws.hex('gupshup'));
    if (era.gupshupIds === 'on-premises' && phone !== undefined) {
      return { gupshupId, whatsappId: whatsappMessageId(draws, phone, 'outbound') };
    }
    const toId = variants.has('short-id') ? shortMessageId : gupshupMessageId;
    return { gupshupId, whatsappId: toId(draws.hex('whatsapp')) };
  },
  build: buildGupshup,
  failureShares: (moment, category, { hasOnPremisesCodes }) => {
    if (moment === 'at-once') return AT_ONCE;
    if (!hasOnPremisesCodes) return lateShares(moment, category);
    return moment === 'after-delivered' ? [[ON_PREMISES_AFTER_DELIVERED, 1]] : ON_PREMISES;
  },
  canFailWith: (fact, moment, { hasOnPremisesCodes }) => {
    if (fact.comesAsStatus === false) return false;
    if (fact.space !== 'gupshup' && (fact.space === 'onprem') !== hasOnPremisesCodes) return false;
    return happensAt(fact, moment, hasOnPremisesCodes ? ON_PREMISES_AFTER_DELIVERED : AFTER_DELIVERED);
  },
};
