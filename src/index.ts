/** The library: everything of `callbell-status` that is useful in a program or a test. */

export type { Arrival, ArrivalKind } from './domain/arrival.ts';
export type { ListenerNotice } from './domain/arrival-notice.ts';
export { type Delivery, type DeliveryOutcome, judgeAnswer } from './domain/delivery.ts';
export { type Contact, EVENT_NAME, type StatusEvent, statusEventSchema } from './domain/event.ts';
export { createEntropy, type Entropy } from './domain/generate/entropy.ts';
export { generateEvent } from './domain/generate/event.ts';
export { judgeTransition, type Transition } from './domain/lifecycle.ts';
export { signBody, verifySignature } from './domain/signature.ts';
export { isMessageStatus, MESSAGE_STATUSES, type MessageStatus } from './domain/status.ts';
export { type Validation, validateEvent } from './domain/validate/event.ts';
export { describeProblem, type Problem } from './domain/validate/problem.ts';
export { validateText } from './domain/validate/text.ts';
export { CallbellStatusError } from './errors.ts';
export { type DeliverableEvent, deliver, deliverAll } from './io/deliver/deliver.ts';
export { type Listener, type ListenerOptions, startListener } from './io/listen/listener.ts';
