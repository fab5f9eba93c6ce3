import type { CloudPayload, GupshupPayload } from '../status-event.ts';
import { compileShape } from '../validate/shape.ts';
import { CLOUD_PAYLOAD, GUPSHUP_PAYLOAD } from './payload-schemas.ts';

const hasGupshupShape = compileShape(GUPSHUP_PAYLOAD);
const hasCloudShape = compileShape(CLOUD_PAYLOAD);

/**
 * Returns whether a `messageStatusPayload` is Gupshup's, with members of the documented types. Most members may be
 * missing; where one has another type the answer is false, and `validateEvent` says which.
 *
 * @example
 * ```ts
 * const { messageStatusPayload: raw } = event.payload;
 * if (isGupshupPayload(raw)) console.log(raw.gsId ?? raw.id, raw.payload.ts);
 * ```
 */
export function isGupshupPayload(raw: unknown): raw is GupshupPayload {
  return hasGupshupShape(raw);
}

/**
 * Returns whether a `messageStatusPayload` is that of Meta's Cloud API, `messaging.value.statuses[]`, with members
 * of the documented types. Find the status by what `payload.status` says: there may be several, or none.
 *
 * @example
 * ```ts
 * const { messageStatusPayload: raw, status } = event.payload;
 * if (isCloudPayload(raw)) {
 *   const own = raw.messaging.value.statuses.find((each) => each.status === status);
 *   console.log(own?.pricing?.category);
 * }
 * ```
 */
export function isCloudPayload(raw: unknown): raw is CloudPayload {
  return hasCloudShape(raw);
}
