import type { ConformanceCase } from './case.ts';
import { ACCEPT_CASES } from './cases/accept.ts';
import { CONTENT_CASES } from './cases/content.ts';
import { LIFE_CASES } from './cases/life.ts';
import { ORDER_CASES } from './cases/order.ts';
import { REPEAT_CASES } from './cases/repeat.ts';
import { SIGNATURE_CASES } from './cases/signature.ts';
import { TRANSPORT_CASES } from './cases/transport.ts';

/** Every case, in the order in which they run. */
export const CASES = {
  ...ACCEPT_CASES,
  ...ORDER_CASES,
  ...REPEAT_CASES,
  ...CONTENT_CASES,
  ...TRANSPORT_CASES,
  ...SIGNATURE_CASES,
  ...LIFE_CASES,
} as const satisfies Record<string, ConformanceCase>;

/** The name of a case. */
export type CaseId = keyof typeof CASES;

/** The names of all cases, in the order in which they run. */
export const CASE_IDS = Object.keys(CASES) as readonly CaseId[];

/** Returns the row of a case. */
export function caseOf(id: CaseId): ConformanceCase {
  return CASES[id];
}
