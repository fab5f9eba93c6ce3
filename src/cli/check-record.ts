import { EVENT_NAME } from '../domain/event-name.ts';
import { isJsonObject, type JsonObject, stringAt } from '../domain/json.ts';
import type { ProviderReading } from '../domain/providers/provider.ts';
import { readingFor, readProviderPayload } from '../domain/providers/providers.ts';
import { duplicateKeyProblems } from '../domain/validate/duplicate-keys.ts';
import { validateEvent } from '../domain/validate/event.ts';
import { offsetInLiteral } from '../domain/validate/literal.ts';
import { locate, type Span } from '../domain/validate/position.ts';
import { type Problem, problem } from '../domain/validate/problem.ts';
import { type SequenceFacts, sequenceFactsOf } from '../domain/validate/sequence.ts';
import type { RecordKind } from '../domain/validate/tally.ts';
import { type LocatedProblem, placeAt, spanOf, syntaxFaultOf } from '../domain/validate/text.ts';
import { findInvalidUtf8 } from '../domain/validate/utf8.ts';
import type { CaptureRecord } from '../io/capture/capture-record.ts';

/** What one record of a capture is, and what is wrong with it. */
export interface RecordCheck {
  readonly kind: RecordKind;
  readonly problems: readonly LocatedProblem[];
  /** What the events after it are to be compared with. */
  readonly facts?: SequenceFacts | undefined;
}

const NONE: readonly LocatedProblem[] = [];

/** Checks one record; positions are those in the file it is part of. */
export function checkRecord(record: CaptureRecord): RecordCheck {
  const { fault, faultCode, bytes, text, parsed, origin } = record;
  if (fault !== undefined && faultCode !== undefined) return checkFault(record, fault, faultCode);
  // A recorded request without a body is one of Callbell's checks of the connection.
  if (bytes.length === 0 && origin !== undefined) return { kind: 'connection-check', problems: NONE };
  const badBytes = text.includes('\ufffd') ? findInvalidUtf8(bytes) : undefined;
  const problems: LocatedProblem[] =
    badBytes === undefined
      ? []
      : [placeInRecord(record, problem('invalid-utf8', [], {}), { offset: badBytes, length: 1 })];
  if (parsed === undefined) {
    const { found, span } = syntaxFaultOf(text);
    return { kind: 'unrecognised', problems: [...problems, placeInRecord(record, found, span)] };
  }
  const { value } = parsed;
  const bare = isBarePayload(record);
  const {
    kind,
    problems: found,
    reading,
  } = validateEvent(bare ? { event: EVENT_NAME, payload: value } : value);
  for (const each of found) problems.push(placeInRecord(record, each));
  for (const each of duplicateKeyProblems(text, value)) problems.push(placeInRecord(record, each));
  const payload = payloadOf(record);
  const facts =
    kind === 'status' && payload !== undefined ? sequenceFactsOf(payload, reading, record.line) : undefined;
  return { kind, problems, facts };
}

/** The inner payload of a record, with or without an envelope around it. */
function payloadOf(record: CaptureRecord): JsonObject | undefined {
  const value = record.parsed?.value;
  const payload = isBarePayload(record) ? value : isJsonObject(value) ? value.payload : undefined;
  return isJsonObject(payload) ? payload : undefined;
}

/** What the provider says in the event of a record. */
export function readRecord(record: CaptureRecord): ProviderReading | undefined {
  const payload = payloadOf(record);
  return readingFor(readProviderPayload(payload?.messageStatusPayload), stringAt(payload, 'status'));
}

/** Puts a problem of a record's event where it stands in the file. */
export function placeInRecord(record: CaptureRecord, found: Problem, own?: Span): LocatedProblem {
  const { text, origin } = record;
  const about = isBarePayload(record) ? withoutEnvelope(found) : found;
  if (origin === undefined) return placeAt(about, text, own ?? spanOf(about, text), record);
  const { text: host, offset, path, encoding } = origin;
  if (encoding === 'json' || encoding === 'members') {
    const moved = own && { offset: offset + own.offset, length: own.length };
    return placeAt(about, host, moved ?? spanOf(about, host, offset), record);
  }
  const { value: literal } = locate(host, path, offset);
  if (encoding === 'base64') return placeAt(about, host, literal, record);
  return placeAt(about, host, insideLiteral(host, literal, own ?? spanOf(about, text)), record);
}

/** From a place in a text to the place where a string literal writes it. */
function insideLiteral(host: string, { offset, length }: Span, inner: Span): Span {
  const literal = host.slice(offset, offset + length);
  const start = offsetInLiteral(literal, inner.offset);
  const end = offsetInLiteral(literal, inner.offset + inner.length);
  return { offset: offset + start, length: end - start };
}

function isBarePayload({ wrapping }: CaptureRecord): boolean {
  return wrapping.at(-1) === 'payload';
}

/** The pointer of a problem where the payload stands alone. */
function withoutEnvelope(found: Problem): Problem {
  return { ...found, path: found.path.replace(/^\/payload(?=\/|$)/, '') };
}

function checkFault(
  { line, column, excerpt }: CaptureRecord,
  detail: string,
  code: NonNullable<CaptureRecord['faultCode']>,
): RecordCheck {
  const found = problem(code, [], { detail });
  const located = { problem: found, line, column, ...(excerpt !== undefined && { excerpt }) };
  return { kind: code === 'torn-record' ? 'skipped' : 'unrecognised', problems: [located] };
}
