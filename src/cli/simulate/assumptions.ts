import { fieldsOf } from '../../domain/generate/fidelity-of.ts';

/** Describes the fields of some events that are assumed, each once, by the reason they are assumed for. */
export function describeAssumptions(events: readonly unknown[]): string {
  const bySource = new Map<string, string[]>();
  for (const field of new Set(events.flatMap((event) => fieldsOf(event)))) {
    if (!('origin' in field) || (field.origin !== 'assumed' && field.throughCallbell !== 'assumed')) continue;
    const source = `${field.part}: ${field.source}`;
    bySource.set(source, [...(bySource.get(source) ?? []), field.field]);
  }
  return [...bySource].map(([source, fields]) => `assumed: ${fields.join(', ')} (${source})\n`).join('');
}
