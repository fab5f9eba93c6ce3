import { isConnectionCheck, isQuestion } from '../../domain/arrival/connection-check.ts';
import { validateEvent } from '../../domain/validate/event.ts';
import type { CaptureRecord } from './capture-record.ts';

/** Whether a record is a captured request that was one of Callbell's checks of the connection, as `listen` judges it. */
export function isRecordedCheck(record: CaptureRecord): boolean {
  const { bytes, text, parsed, origin, request, wrapping } = record;
  if (origin === undefined) return false;
  if (bytes.length === 0) return true;
  const wrapped = wrapping.at(-1);
  if (wrapped !== 'http' && wrapped !== 'workflow') return false;
  if (parsed === undefined) return isConnectionCheck(request?.method, text);
  return isQuestion(request?.method) && validateEvent(parsed.value).kind === 'unrecognised';
}
