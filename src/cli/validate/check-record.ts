import { EVENT_NAME } from '../../domain/event-name.ts';
import { isJsonObject, type JsonObject } from '../../domain/json.ts';
import { duplicateKeyProblems } from '../../domain/validate/duplicate-keys.ts';
import { validateEvent } from '../../domain/validate/event.ts';
import { offsetInLiteral } from '../../domain/validate/literal.ts';
import { type MessageEvent, messageEventOf } from '../../domain/validate/message-state.ts';
import { locate, type Span } from '../../domain/validate/position.ts';
import { type Problem, problem } from '../../domain/validate/problem.ts';
import { type LeftOut, NOTHING_LEFT_OUT } from '../../domain/validate/problem-list.ts';
import type { RecordKind } from '../../domain/validate/tally.ts';
import { type LocatedProblem, placeAt, spanOf } from '../../domain/validate/text.ts';
import { encodingFaultOf, type TextFault, unreadableFaultOf } from '../../domain/validate/unreadable.ts';
import { isBarePayload } from '../../io/capture/bare-payload.ts';
import type { CaptureRecord } from '../../io/capture/capture-record.ts';
import { isRecordedCheck } from '../../io/capture/classify-record.ts';

/** A problem of a record's event; its place is found only where it is said. */
export interface FoundProblem {
  readonly problem: Problem;
  /** Where it is in the text of the event, where its path does not say so. */
  readonly span?: Span;
}

/** What one record of a capture is, and what is wrong with it. */
export interface RecordCheck {
  readonly kind: RecordKind;
  readonly problems: readonly FoundProblem[];
  /** How many more there are of each code. */
  readonly leftOut: LeftOut;
  /** To be compared with the other events of its message. */
  readonly event?: MessageEvent | undefined;
}

const NONE: readonly FoundProblem[] = [];

/**
 * Checks one record.
 *
 * @param now when an event was received at the latest that does not say when it was
 */
export function checkRecord(record: CaptureRecord, now: Date): RecordCheck {
  const { fault, faultCode, text, parsed } = record;
  if (faultCode === 'log-line') return withProblems('log-line', NONE);
  if (fault !== undefined && faultCode !== undefined) {
    const kind = faultCode === 'torn-record' ? 'skipped' : 'unrecognised';
    return withProblems(kind, [{ problem: problem(faultCode, [], { detail: fault }) }]);
  }
  if (isRecordedCheck(record)) return withProblems('connection-check', NONE);
  const encodingFault = encodingFaultOf(text, record.bytes);
  if (parsed === undefined) {
    return withProblems('unrecognised', [foundProblem(unreadableFaultOf(text, encodingFault))]);
  }
  const receivedAt = receivedAtOf(record) ?? now;
  return checkEvent(
    record,
    parsed.value,
    receivedAt,
    encodingFault === undefined ? NONE : [foundProblem(encodingFault)],
  );
}

function withProblems(kind: RecordKind, problems: readonly FoundProblem[]): RecordCheck {
  return { kind, problems, leftOut: NOTHING_LEFT_OUT };
}

function receivedAtOf({ receivedAt }: CaptureRecord): Date | undefined {
  const date = receivedAt === undefined ? undefined : new Date(receivedAt);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}

function checkEvent(
  record: CaptureRecord,
  value: unknown,
  receivedAt: Date,
  encoding: readonly FoundProblem[],
): RecordCheck {
  const bare = isBarePayload(record);
  const validation = validateEvent(bare ? { event: EVENT_NAME, payload: value } : value, { receivedAt });
  const { kind, problems, reading } = validation;
  const duplicates = duplicateKeyProblems(record.text, value);
  const payload = kind === 'status' ? payloadOf(record) : undefined;
  const event = payload && messageEventOf(payload, reading);
  if (encoding.length + problems.length + duplicates.kept.length === 0) {
    return { kind, problems: NONE, leftOut: NOTHING_LEFT_OUT, event };
  }
  const found = [
    ...encoding,
    ...problems.map((each) => ({ problem: bare ? withoutEnvelope(each) : each })),
    ...duplicates.kept.map((each) => ({ problem: each })),
  ];
  return { kind, problems: found, leftOut: { ...validation.leftOut, ...duplicates.leftOut }, event };
}

function foundProblem({ found, span }: TextFault): FoundProblem {
  return { problem: found, span };
}

/** The inner payload of a record, with or without an envelope around it. */
function payloadOf(record: CaptureRecord): JsonObject | undefined {
  const value = record.parsed?.value;
  const payload = isBarePayload(record) ? value : isJsonObject(value) ? value.payload : undefined;
  return isJsonObject(payload) ? payload : undefined;
}

/** Puts a problem of a record's event where it stands in the file. */
export function placeInRecord(
  record: CaptureRecord,
  { problem: found, span: own }: FoundProblem,
): LocatedProblem {
  const { text, origin, line, column, fault, excerpt } = record;
  if (fault !== undefined) return { problem: found, line, column, ...(excerpt !== undefined && { excerpt }) };
  if (origin === undefined) return placeAt(found, text, own ?? spanOf(found, text), record);
  const { text: host, offset, path, encoding, inner } = origin;
  if (encoding === 'json' || encoding === 'members') {
    const moved = own && { offset: offset + own.offset, length: own.length };
    return placeAt(found, host, moved ?? spanOf(found, host, offset), record);
  }
  const { value: literal } = locate(host, path, offset);
  if (encoding === 'base64') return placeAt(found, host, literal, record);
  const whole = inner ?? { text, offset: 0 };
  const span = own ? { ...own, offset: own.offset + whole.offset } : spanOf(found, whole.text, whole.offset);
  return placeAt(found, host, insideLiteral(host, literal, span), record);
}

/** From a place in a text to the place where a string literal writes it. */
function insideLiteral(host: string, { offset, length }: Span, inner: Span): Span {
  const literal = host.slice(offset, offset + length);
  const start = offsetInLiteral(literal, inner.offset);
  const end = offsetInLiteral(literal, inner.offset + inner.length);
  return { offset: offset + start, length: end - start };
}

/** A problem with the pointer it has where the payload stands alone. */
export function withoutEnvelope(found: Problem): Problem {
  return { ...found, path: found.path.replace(/^\/payload(?=\/|$)/, '') };
}
