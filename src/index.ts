/** The library: everything of `callbell-status` that is useful in a program or a test. */

export type { Arrival, ArrivalKind } from './domain/arrival/arrival.ts';
export type { ListenerNotice } from './domain/arrival/notice.ts';
export type { CaseResult } from './domain/conformance/case.ts';
export type { CaseId } from './domain/conformance/cases.ts';
export { type Delivery, type DeliveryOutcome, judgeAnswer } from './domain/delivery/delivery.ts';
export { type Contact, type StatusEvent, statusEventSchema } from './domain/event.ts';
export { EVENT_NAME } from './domain/event-name.ts';
export {
  type Failure,
  type FailureClass,
  type FailureRetry,
  type FailureScope,
  failureOf,
} from './domain/failure-of.ts';
export { createEntropy, type Entropy } from './domain/generate/entropy.ts';
export { generateEvent, generateScenario } from './domain/generate/event.ts';
export { SCENARIOS, type ScenarioName } from './domain/generate/scenarios.ts';
export { judgeTransition, type Transition } from './domain/lifecycle.ts';
export { isCloudPayload, isGupshupPayload } from './domain/providers/payload-guards.ts';
export { signBody, verifySignature } from './domain/signature.ts';
export { isMessageStatus, MESSAGE_STATUSES, type MessageStatus } from './domain/status.ts';
export type {
  CloudError,
  CloudPayload,
  CloudStatus,
  GupshupPayload,
  MessageStatusPayload,
  MessageStatusUpdated,
  OtherPayload,
} from './domain/status-event.ts';
export { type Validation, validateEvent } from './domain/validate/event.ts';
export { describeProblem, type Problem } from './domain/validate/problem.ts';
export { validateText } from './domain/validate/text.ts';
export { CallbellStatusError } from './errors.ts';
export {
  CONFORMANCE_CASES,
  type ConformanceOptions,
  conform,
  runConformance,
} from './io/conformance/conformance.ts';
export { deliver, deliverAll } from './io/deliver/deliver.ts';
export type { DeliverableEvent, DeliverOptions } from './io/deliver/deliver-options.ts';
export { type Listener, startListener } from './io/listen/listener.ts';
export type { ListenerOptions } from './io/listen/listener-options.ts';
