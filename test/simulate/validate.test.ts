import { describe, expect, it } from 'vitest';
import { SCENARIO_NAMES } from '../../src/domain/generate/scenarios.ts';
import { runCli } from '../support/cli.ts';

const FIXED = ['--seed', '11', '--now', '2026-09-30T14:03:00Z', '--json', '--quiet', '--country', 'all'];

/** Errors and warnings that validate finds in what simulate prints. */
async function problemsOf(...flags: string[]): Promise<unknown[]> {
  const { stdout } = await runCli(['simulate', ...flags, ...FIXED]);
  const { jsonLines } = await runCli(['validate', '-', '--json'], { stdin: stdout });
  expect(jsonLines.at(-1)).toMatchObject({ type: 'summary', events: stdout.trimEnd().split('\n').length });
  return jsonLines
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code }) => code);
}

describe('what simulate prints', () => {
  it.each(SCENARIO_NAMES)('has nothing wrong for validate, as a whole life: %s', async (scenario) => {
    for (const provider of ['gupshup', 'cloud', 'none']) {
      for (const contact of ['full', 'minimal', 'bsuid', 'none']) {
        const flags = ['--provider', provider, '--contact', contact, '-n', '5'];
        expect(await problemsOf('--scenario', scenario, ...flags)).toEqual([]);
      }
    }
  });

  it('has nothing wrong as the traffic of many messages', async () => {
    expect(await problemsOf('--scenario', 'all', '-n', '100', '--interleave')).toEqual([]);
  });
});
