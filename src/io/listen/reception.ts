import type { MessageHistories } from '../../domain/arrival/message-histories.ts';
import type { ReplyPlan } from '../../domain/arrival/reply.ts';
import type { SignatureCheck } from '../../domain/arrival/signature.ts';
import type { AllowedHosts } from './check-head.ts';
import type { Forwarder } from './forwarder.ts';
import type { HeldBytes } from './held-bytes.ts';
import type { RequestRecorder } from './request-recorder.ts';

/** Everything that decides how requests are received. */
export interface Reception {
  readonly hosts: AllowedHosts;
  readonly maxBodyBytes: number;
  readonly histories: MessageHistories;
  readonly signature: SignatureCheck | undefined;
  readonly requireSignature: boolean;
  readonly plan: ReplyPlan;
  readonly recorder: RequestRecorder | undefined;
  readonly forwarder: Forwarder | undefined;
  readonly heldBytes: HeldBytes;
  /** The time in milliseconds since 1970. */
  readonly now: () => number;
  /** Aborted when the listener begins to close: what hangs on purpose is let go. */
  readonly closing: AbortSignal;
  /** Aborted when what is in flight has had its time. */
  readonly givingUp: AbortSignal;
}
