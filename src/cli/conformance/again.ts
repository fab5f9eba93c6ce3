import { shownUrl } from '../../domain/delivery/target.ts';
import { shellQuote } from '../../ui/shell-quote.ts';
import { flagName } from '../options/table.ts';
import type { ConformanceFlags } from './options.ts';
import type { ConformanceArguments } from './prepare.ts';

/** Makes the command that runs one case again. Secrets in the URL are masked; headers are left out. */
export function commandAgain(
  { words }: ConformanceArguments,
  flags: ConformanceFlags,
  url: URL,
  id: string,
): string {
  const { probe, probeExec, create, createExec, secretEnv, nextSecretEnv, ca, statusAt, effectsAt, states } =
    flags;
  const texts = {
    probe,
    probeExec,
    statusAt: statusAt?.join('.'),
    effectsAt: effectsAt?.join('.'),
    states: states && [...states].map((pair) => pair.join('=')).join(','),
    create,
    createExec,
    secretEnv,
    nextSecretEnv,
    ca,
  };
  const named = Object.entries(texts).flatMap(([name, text]) =>
    text === undefined ? [] : [flagName(name), shellQuote(text)],
  );
  const switches = (['yes', 'insecure'] as const).filter((name) => flags[name]).map(flagName);
  const app = words.length === 0 ? [] : ['--', ...words.map(shellQuote)];
  const parts = [
    'callbell-status conformance',
    shellQuote(shownUrl(url)),
    '--case',
    id,
    ...named,
    ...switches,
    ...app,
  ];
  return parts.join(' ');
}
