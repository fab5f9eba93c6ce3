import { cloudMessageId } from '../../generate/ids.ts';
import { AFTER_DELIVERED, happensAt, lateShares } from '../meta-failures.ts';
import type { FailureShares, Provider } from '../provider.ts';
import { buildCloud } from './build-cloud.ts';
import { locateStatuses, readCloud } from './read-cloud.ts';

/** Codes that come in place of `sent` as well (assumed: how Callbell reports a refused send is unknown). */
const AT_ONCE: FailureShares = [
  [131047, 80],
  [131000, 20],
];
const AT_ONCE_AS_TEMPLATE: FailureShares = [
  [131000, 60],
  [131048, 40],
];

/**
 * Meta's Cloud API status, in the places it is met: wrapped as `messaging.value.statuses[]` (seen: two
 * independent clients read that path), bare, or in Meta's own envelope `entry[].changes[].value.statuses[]`
 * or a part of it (all assumed via Callbell).
 */
export const cloud: Provider = {
  name: 'cloud',
  meaning: "Meta's Cloud API, its status below messaging.value.statuses",
  origin: 'seen',
  lacks: ['enqueued', 'mismatch'],
  tellsBsuid: true,
  recognise: (raw) => locateStatuses(raw) !== undefined,
  read: readCloud,
  drawIds: (draws, { phone, bsuid = '' }) => ({ whatsappId: cloudMessageId(draws, phone ?? bsuid) }),
  build: buildCloud,
  failureShares: (moment, category) => {
    if (moment !== 'at-once') return lateShares(moment, category);
    return category === 'service' || category === 'referral_conversion' ? AT_ONCE : AT_ONCE_AS_TEMPLATE;
  },
  // Codes that answer the request are not known to come as a status here.
  canFailWith: (fact, moment) =>
    fact.comesAsStatus !== false && fact.when !== 'at-once' && happensAt(fact, moment, AFTER_DELIVERED),
};
