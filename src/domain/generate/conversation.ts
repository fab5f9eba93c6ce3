import type { Era } from './era.ts';

const DAY_SECONDS = 86_400;
const MINUTE_SECONDS = 60;

/**
 * Returns when the conversation of a message ends: a day later on a full minute, or with a price for each message
 * the time of sending (both seen).
 */
export function endOfConversation(sentSeconds: number, { pricing }: Era): number {
  if (pricing === 'PMP') return sentSeconds;
  return Math.ceil(sentSeconds / MINUTE_SECONDS) * MINUTE_SECONDS + DAY_SECONDS;
}
