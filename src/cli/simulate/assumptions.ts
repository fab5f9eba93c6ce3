import { fieldsOf } from '../../domain/generate/fidelity-of.ts';

/** Says which fields of some events are assumed, and why; each once. */
export function describeAssumptions(events: readonly unknown[]): string {
  const fields = new Set(events.flatMap((event) => fieldsOf(event)));
  return [...fields]
    .map((field) =>
      'origin' in field && field.origin === 'assumed'
        ? `assumed: ${field.field} (${field.part}): ${field.source}\n`
        : '',
    )
    .join('');
}
