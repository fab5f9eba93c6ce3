type Nothing = Record<never, never>;
interface Value {
  readonly value: string;
}
interface Suggested extends Value {
  readonly suggestion?: string;
}
interface Types {
  readonly expected: string;
  readonly found: string;
  /** The value is a text, and what should stand there is written in it as JSON. */
  readonly encoded?: true;
}

/** Of the file. */
export interface FileProblems {
  'not-json': { readonly detail: string };
  'too-large': { readonly detail: string };
  'invalid-utf8': Nothing;
  'torn-record': Nothing;
  'withheld-body': Nothing;
  'no-event': { readonly reason?: string };
  unwrapped: { readonly wrapping: string };
  'duplicate-key': { readonly key: string };
}

/** Of the envelope, the payload and the contact. */
export interface EventProblems {
  'not-an-object': { readonly found: string };
  'not-an-event': Nothing;
  'provider-object-only': { readonly provider: string };
  'missing-event': Nothing;
  'misspelt-event': {
    readonly value: string;
    readonly suggestion: string;
    /** The name is near to none; what was meant is told by the payload. */
    readonly isByPayload?: true;
  };
  'unknown-event': Suggested;
  'other-event': Value;
  'missing-payload': Nothing;
  'nested-event': Nothing;
  'wrong-type': Types;
  'unknown-key': { readonly key: string; readonly suggestion?: string };
  'misspelt-key': { readonly key: string; readonly suggestion: string };
  'missing-uuid': Nothing;
  'malformed-uuid': Suggested;
  'missing-status': Nothing;
  'unknown-status': Suggested & { readonly reason?: 'case' | 'space' };
  'deprecated-status': Value;
  'metadata-size': {
    readonly limit: 'pairs' | 'key' | 'value';
    readonly size: number;
    readonly most: number;
  };
  'metadata-not-text': { readonly found: string };
  'malformed-contact-uuid': Value;
  'malformed-time': Value;
  'malformed-url': Value;
  'malformed-email': Value;
  'note-too-long': { readonly size: number };
  'contact-number-format': Suggested;
  'unusual-source': Value;
  'malformed-bsuid': Suggested;
  'unusual-link': Value & { readonly kind: 'host' | 'page' | 'contact' };
  'unusual-number': Value & { readonly kind: 'empty' | 'international' | 'national' | 'short' | 'long' };
  'unusual-time': Value & { readonly kind: 'no-zone' | 'after-event' | 'future' };
  'uuid-of-contact': Value;
}

/** Of the raw object of the provider. */
export interface ProviderProblems {
  'missing-provider-payload': Nothing;
  'encoded-provider-payload': Nothing;
  'unknown-provider': Nothing;
  'provider-wrong-type': Types;
  'gupshup-callback': Nothing;
  'contradictory-member': { readonly key: string; readonly status: string };
  'provider-misspelt-key': { readonly key: string; readonly suggestion: string };
  'provider-unknown-key': { readonly key: string; readonly suggestion: string };
  'provider-number-format': Suggested;
  'missing-provider-id': Nothing;
  'unusual-whatsapp-id': Value & {
    /** The number in the id, where it can be read. */
    readonly holds?: string;
    /** The number the message goes to. */
    readonly number?: string;
  };
  'missing-destination': Nothing;
  'missing-time': Nothing;
  'time-as-text': Value;
  'time-in-milliseconds': {
    readonly value: number;
    readonly unit: 'milliseconds' | 'microseconds' | 'nanoseconds';
    readonly suggestion: string;
  };
  'implausible-time': {
    readonly value: number;
    /** When the event was received, in unix seconds, where the time is over a day later. */
    readonly received?: number;
  };
  'missing-provider-status': Nothing;
  'unusual-provider-status': Suggested;
  'status-contradiction': { readonly outer: string; readonly inner: string };
  'no-status-inside': Nothing;
  'several-statuses': {
    readonly count: number;
    readonly matching: number;
    readonly outer: string;
    /** The last ones, which were not looked at. */
    readonly unread?: number;
  };
  'missing-failure-reason': Nothing;
  'missing-failure-code': Nothing;
  'missing-failure-text': Nothing;
  'unknown-failure-code': { readonly value: number };
  'missing-correction': Nothing;
  'useless-correction': Value;
  'swapped-correction': Value;
  'unusual-pricing': Suggested & { readonly kind: 'value' | 'billable' | 'place' | 'status' };
  'unusual-enqueued': {
    readonly kind: 'gupshup-id' | 'no-whatsapp-id' | 'type';
    /** The type. */
    readonly value?: string;
    readonly suggestion?: string;
  };
  'unusual-envelope':
    | { readonly kind: 'no-product' | 'no-metadata' }
    | (Value & { readonly kind: 'field' | 'product' | 'number' | 'contact' });
}

/** Between the events of one message. */
export interface SequenceProblems {
  'repeated-status': { readonly value: string; readonly before: number };
  'late-status': { readonly value: string; readonly reached: string; readonly before: number };
  'status-after-failed': { readonly value: string; readonly before: number };
  'time-falls': { readonly value: string; readonly earlier: string; readonly before: number };
  'id-change': { readonly value: string; readonly earlier: string; readonly before: number };
  'contact-change': { readonly value: string; readonly earlier: string; readonly before: number };
  'contact-number-change': { readonly value: string; readonly earlier: string; readonly before: number };
  'metadata-change': { readonly before: number };
  'provider-change': { readonly value: string; readonly earlier: string; readonly before: number };
  'shared-id': { readonly value: string; readonly uuid: string; readonly before: number };
  'destination-change': { readonly value: string; readonly earlier: string; readonly before: number };
}

/** What each kind of problem knows besides its place. The keys are the codes: stable, never renamed. */
export interface ProblemDetails extends FileProblems, EventProblems, ProviderProblems, SequenceProblems {}
