import { FAILURE_CATALOGUE } from '../../domain/failure-catalogue.ts';
import { CONTACT_KINDS, CONTACT_ORIGINS, type ContactKind } from '../../domain/generate/contact.ts';
import { COUNTRIES } from '../../domain/generate/fictional-numbers.ts';
import { SCENARIOS, type Scenario } from '../../domain/generate/scenarios.ts';
import { PROVIDERS } from '../../domain/providers/providers.ts';
import { MESSAGE_STATUSES, STATUS_FACTS } from '../../domain/status.ts';
import { formatSimulateList } from '../../ui/simulate-list.ts';
import { createStyle } from '../../ui/style.ts';
import { colorLevel, type Environment } from '../environment.ts';
import { write } from '../output.ts';

/** Prints all that can be simulated. */
export async function listSimulations(
  { json, color }: { readonly json?: boolean | undefined; readonly color?: boolean | undefined },
  { stdout, variables }: Environment,
): Promise<void> {
  const facts = [...statuses(), ...scenarios(), ...providers(), ...contacts(), ...countries(), ...failures()];
  const style = await createStyle(colorLevel(stdout, variables, color));
  const text = json
    ? facts.map((fact) => `${JSON.stringify(fact)}\n`).join('')
    : formatSimulateList(facts, stdout.columns ?? 100, style);
  await write(stdout, text);
}

function statuses() {
  return MESSAGE_STATUSES.map((name) => {
    const { meaning, deprecated } = STATUS_FACTS[name];
    return { type: 'status' as const, name, meaning, origin: 'documented' as const, deprecated };
  });
}

function scenarios() {
  return Object.entries(SCENARIOS).map(([name, { meaning, origin, steps }]: [string, Scenario]) => ({
    type: 'scenario' as const,
    name,
    meaning,
    origin,
    steps: steps.map(({ status, happened, arrives }) => ({ status, happened, arrives })),
  }));
}

function providers() {
  const none = {
    type: 'provider' as const,
    name: 'none',
    meaning: 'no messageStatusPayload: what QR channels send is documented nowhere',
    origin: 'assumed' as const,
  };
  return [
    ...Object.values(PROVIDERS).map(({ name, meaning, origin }) => ({
      type: 'provider' as const,
      name,
      meaning,
      origin,
    })),
    none,
  ];
}

function contacts() {
  return (Object.keys(CONTACT_KINDS) as ContactKind[]).map((name) => ({
    type: 'contact' as const,
    name,
    meaning: CONTACT_KINDS[name],
    origin: CONTACT_ORIGINS[name],
  }));
}

function countries() {
  return Object.entries(COUNTRIES).map(([name, { name: country, source, origin }]) => ({
    type: 'country' as const,
    name,
    meaning: `${country}: ${source}`,
    origin,
  }));
}

function failures() {
  return FAILURE_CATALOGUE.map(({ provider, code, reason, origin, source }) => ({
    type: 'failure' as const,
    name: String(code),
    meaning: reason,
    origin,
    provider,
    code,
    source,
  }));
}
