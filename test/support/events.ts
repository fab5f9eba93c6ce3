import { createEntropy } from '../../src/domain/generate/entropy.ts';
import { generateEvent } from '../../src/domain/generate/event.ts';
import type { MessageStatus } from '../../src/domain/status.ts';
import { FIXTURE_NOW, FIXTURE_SEED } from './fixtures.js';

/** A valid event, always the same. */
export function sampleEvent(status: MessageStatus = 'read') {
  return generateEvent({ status }, createEntropy({ seed: FIXTURE_SEED, now: new Date(FIXTURE_NOW) }));
}

/** An event of a message of one's own, in the smallest valid form. */
export function minimalEvent(uuid: string, status: string): string {
  return JSON.stringify({ event: 'message_status_updated', payload: { uuid, status } });
}
