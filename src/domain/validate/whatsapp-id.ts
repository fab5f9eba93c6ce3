import { readWhatsappId } from '../whatsapp-id.ts';
import { type Problem, problem } from './problem.ts';

/** A shorter number is not a whole one: Callbell's own example has ten digits (documented). */
const LEAST_DIGITS = 11;

/**
 * Compares the number in an id of WhatsApp (seen) with the one the message goes to. They may differ: WhatsApp
 * writes some numbers in another way than they are dialled, and corrects others.
 */
export function addWhatsappIdProblem(
  problems: Problem[],
  value: string | undefined,
  number: string | undefined,
  path: readonly (string | number)[],
): void {
  if (value === undefined) return;
  const id = readWhatsappId(value);
  if (id === undefined) {
    if (value.startsWith('wamid.')) problems.push(problem('unusual-whatsapp-id', path, { value }));
    return;
  }
  if (number === undefined || number === id.number || !/^\+?[\d\s().-]+$/.test(number)) return;
  const digits = number.replace(/\D/g, '');
  if (digits !== id.number && digits.length >= LEAST_DIGITS) {
    problems.push(problem('unusual-whatsapp-id', path, { value, holds: id.number, number }));
  }
}
