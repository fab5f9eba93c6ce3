import { createEntropy } from '../generate/entropy.ts';
import { generateEvent } from '../generate/event.ts';
import { isJsonObject } from '../json.ts';
import type { MessageStatus } from '../status.ts';
import type { EventObject, TestMessage, TestRequest } from './case.ts';
import { plainRequest } from './request.ts';

/** The beginning of every uuid that conformance makes, so that its rows can be found and deleted. */
export const TEST_UUID_PREFIX = '7e57c0de';

/** Facts that make a message new. */
export interface NewMessage {
  /** 32 hex digits. */
  readonly uuid: string;
  readonly seed: number;
  readonly now: Date;
}

/** Makes a message whose events share ids, contact and number. */
export function createTestMessage({ uuid, seed, now }: NewMessage): TestMessage {
  const event = (status: MessageStatus): EventObject => {
    // The same seed draws the same ids for each status of the message.
    const generated = generateEvent({ status, uuid }, createEntropy({ seed, now }));
    return structuredClone(generated) as unknown as EventObject;
  };
  const contactOfEvent = event('sent').payload.contact;
  const phoneNumber = isJsonObject(contactOfEvent) ? contactOfEvent.phoneNumber : undefined;
  const message: TestMessage = {
    uuid,
    phoneNumber: typeof phoneNumber === 'string' ? phoneNumber : '',
    accepted: [],
    uncertain: [],
    event,
    request: (asked, changes = {}) => {
      const object = typeof asked === 'string' ? event(asked) : asked;
      const { status } = object.payload;
      const request: TestRequest = { ...plainRequest(status, JSON.stringify(object)), message, status };
      return { ...request, ...changes };
    },
  };
  return message;
}
