import { CallbellStatusError } from '../errors.ts';
import type { Environment } from './environment.ts';

/** Callbell's own examples read the secret from this variable (documented). */
export const SECRET_VARIABLE = 'CALLBELL_WEBHOOK_SECRET';

/** A signing secret, and the variable it was read from. */
export interface NamedSecret {
  readonly value: string;
  readonly variable: string;
}

/**
 * Reads the signing secret from the environment: one way for all commands. An empty variable is as good as none; one of
 * white space alone is a mistake.
 *
 * @param secretEnv the variable that --secret-env names; it must then hold a secret
 * @param isRequired whether a secret is needed also where no variable was named
 * @throws {CallbellStatusError} `usage`
 */
export function readSecret(
  secretEnv: string | undefined,
  variables: Environment['variables'],
  isRequired: boolean,
): NamedSecret | undefined {
  const variable = secretEnv ?? SECRET_VARIABLE;
  const value = variables[variable];
  if (value !== undefined && value.trim() !== '') return { value, variable };
  const isLeftOut = value === undefined || value === '';
  if (isLeftOut && secretEnv === undefined && !isRequired) return undefined;
  const why = value === undefined ? 'is not set' : value === '' ? 'is empty' : 'is white space';
  throw new CallbellStatusError('usage', `the environment variable ${variable} ${why}: there is no secret`, {
    hint: `for example: export ${variable}=whsec_…`,
  });
}
