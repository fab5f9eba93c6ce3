import { notesOnFailure, originOfText } from '../../domain/failure-notes.ts';
import { FAILURE_ROWS } from '../../domain/failure-rows.ts';
import { failureText, PROVIDER_OF_SPACE } from '../../domain/failures.ts';
import { CATEGORIES, type Category } from '../../domain/generate/categories.ts';
import { CONTACT_KINDS, CONTACT_ORIGINS, type ContactKind } from '../../domain/generate/contact.ts';
import { ERAS } from '../../domain/generate/era.ts';
import { COUNTRIES, type CountryFacts } from '../../domain/generate/fictional-numbers.ts';
import { SCENARIOS, type Scenario } from '../../domain/generate/scenarios.ts';
import { VARIANTS, type Variant } from '../../domain/generate/variants.ts';
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
  const facts = [
    ...statuses(),
    ...scenarios(),
    ...providers(),
    ...eras(),
    ...categories(),
    ...variants(),
    ...contacts(),
    ...countries(),
    ...failures(),
  ];
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
  return Object.entries(SCENARIOS).map(([name, scenario]: [string, Scenario]) => {
    const { meaning, origin, steps, arrivals = steps.map((_, index) => index) } = scenario;
    const statuses = arrivals.map((index) => steps[index]?.status);
    return { type: 'scenario' as const, name, meaning, origin, arrivals: statuses };
  });
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

function eras() {
  return Object.entries(ERAS).map(([name, { meaning, first, ...rest }]) => ({
    type: 'era' as const,
    name,
    meaning: `from ${first}${'last' in rest ? ` to ${rest.last}` : ' on, the default'}: ${meaning}`,
    origin: 'seen' as const,
  }));
}

function categories() {
  return Object.entries(CATEGORIES).map(([name, { meaning, origin }]: [string, Category]) => ({
    type: 'category' as const,
    name,
    meaning,
    origin,
  }));
}

function variants() {
  return Object.entries(VARIANTS).map(([name, variant]: [string, Variant]) => {
    const { meaning, origin, providers, since } = variant;
    return {
      type: 'variant' as const,
      name,
      meaning: `${providers.join(', ')}: ${meaning}`,
      origin,
      providers,
      since,
    };
  });
}

function countries() {
  return Object.entries(COUNTRIES).map(([name, facts]: [string, CountryFacts]) => ({
    type: 'country' as const,
    name,
    meaning: `${facts.name}, ${facts.kind === 'reserved' ? 'reserved for fiction' : 'unassigned only'}: ${facts.source}`,
    origin: facts.origin,
    kind: facts.kind,
  }));
}

function failures() {
  return FAILURE_ROWS.map((fact) => {
    const { space, code, class: kind, retry, retryAfter, scope, when, comesAsStatus } = fact;
    const provider = PROVIDER_OF_SPACE[space];
    const { origin, source } = originOfText(provider, fact);
    return {
      type: 'failure' as const,
      name: String(code),
      meaning: failureText(provider, fact),
      origin,
      provider: space,
      code,
      source,
      class: kind,
      retry,
      retryAfter,
      scope,
      when,
      comesAsStatus,
      advice: notesOnFailure(fact).advice,
    };
  });
}
