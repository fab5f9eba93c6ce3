import type { FailureFact } from '../failures.ts';
import type { CategoryName } from '../generate/categories.ts';
import type { FailureMoment } from '../generate/scenarios.ts';
import type { FailureShares } from './provider.ts';

/** Shares of a marketing template (assumed, but for 131049: one sender counts 45 to 70 % of its marketing). */
const MARKETING: FailureShares = [
  [131049, 70],
  [131026, 20],
  [131050, 5],
  [130472, 2],
  [131053, 2],
  [131042, 1],
];

/** Shares of free text and of utility templates (assumed). */
const OTHER: FailureShares = [
  [131026, 45],
  [131047, 40],
  [131053, 10],
  [131000, 5],
];

/** A code to log in has no media, and as a template it needs no open window (assumed). */
const AUTHENTICATION: FailureShares = [
  [131026, 90],
  [131000, 10],
];

const LATE: Readonly<Record<CategoryName, FailureShares>> = {
  service: OTHER,
  utility: OTHER,
  marketing: MARKETING,
  authentication: AUTHENTICATION,
  authentication_international: AUTHENTICATION,
  referral_conversion: OTHER,
};

/** No code is documented after `delivered`; this one at most. */
export const AFTER_DELIVERED = 131026;

/** Shares of the codes that Meta fails a message with after it was sent. */
export function lateShares(moment: FailureMoment, category: CategoryName): FailureShares {
  return moment === 'after-delivered' ? [[AFTER_DELIVERED, 1]] : LATE[category];
}

/** Returns whether the table has a code for a moment. */
export function happensAt(
  { when, code }: FailureFact,
  moment: FailureMoment,
  afterDelivered: number,
): boolean {
  switch (moment) {
    case 'at-once':
      return when !== 'late';
    case 'late':
      return when !== 'at-once';
    case 'after-delivered':
      return code === afterDelivered;
    default:
      return moment satisfies never;
  }
}
