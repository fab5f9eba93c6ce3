import { isIsoTime } from '../validate/contact.ts';
import type { Masks } from './masks.ts';
import type { Place } from './places.ts';

/**
 * Masks a value that is not harmless where it stands. Validation reads times, codes and event names: the mask is as
 * right or as wrong as the value.
 *
 * @param label the first word of a mask without a form of its own
 */
export function maskValue(
  masks: Masks,
  place: Place,
  value: string | number,
  label: string,
): string | number {
  if (place === 'time') return maskTime(masks, value, label);
  const text = String(value);
  if (place === 'code' && /^\d{1,9}$/.test(text)) {
    // No catalogue has such a code.
    const code = 900_000_000 + (masks.chance(text) % 99_999_999);
    return typeof value === 'number' ? code : String(code);
  }
  if (typeof value === 'number') return masks.number(value, place === 'number');
  if (place === 'word') {
    if (label === 'event' && EVENT_NAME_FORM.test(text)) return `other_${lettersOf(masks.tag(text))}`;
    if (/whatsapp/i.test(text)) return masks.text(text, 'whatsapp');
  }
  return masks.text(text, label, place === 'number');
}

const EVENT_NAME_FORM = /^[a-z]+(?:_[a-z]+)+$/;

function lettersOf(tag: string): string {
  return tag.replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
}

/** From here to 2099 no event has happened, so that a masked time shows. */
const FIRST_MASK = 4_000_000_000;
const MASKS = 90_000_000;
/** Between these seconds validation takes a time for plausible. */
const PLAUSIBLE = [1_230_768_000, 4_102_444_800] as const;

function maskTime(masks: Masks, value: string | number, label: string): string | number {
  const seconds = FIRST_MASK + (masks.chance(String(value)) % MASKS);
  if (typeof value === 'string' && !/^\d{1,15}$/.test(value)) {
    return isIsoTime(value) ? new Date(seconds * 1000).toISOString() : masks.text(value, label);
  }
  const count = Number(value);
  const unit = [1, 1e3, 1e6, 1e9].find(
    (each) => count / each >= PLAUSIBLE[0] && count / each <= PLAUSIBLE[1],
  );
  const mask =
    unit === undefined ? seconds % 1_000_000 : seconds * unit + (Number.isInteger(count) ? 0 : 0.5);
  return typeof value === 'number' ? mask : String(mask);
}
