import type { Command } from 'commander';
import { SCENARIO_NAMES } from '../domain/generate/scenarios.ts';
import { MESSAGE_STATUSES } from '../domain/status.ts';
import { shellQuote } from '../ui/shell-quote.ts';
import { shownArgument } from './shown-argument.ts';

/** What to write instead of an option that does not exist, where that is not one of a similar name. */
export function hintForUnknownOption(name: string): string | undefined {
  if (!/secret|password|token/i.test(name)) return undefined;
  return '(a secret is no argument, which other users can see: set CALLBELL_WEBHOOK_SECRET, or name its variable with --secret-env)';
}

/** The first argument that a command does not take, with what was probably meant. */
export function explainLeftOver(command: Command): string {
  const left = command.args[command.registeredArguments.length] ?? '';
  const meant = meaningOf(left, command);
  const takes = command.registeredArguments.length === 0 ? 'no arguments' : 'fewer arguments';
  const hint = meant === undefined ? '' : `\n(${meant})`;
  return `'${shownArgument(left)}' is left over: ${command.name()} takes ${takes}, only options${hint}`;
}

/** What an argument means to a command, tried in this order. */
function meaningOf(left: string, command: Command): string | undefined {
  const options = command.opts<Record<string, unknown>>();
  const shown = shownArgument(left);
  const { exec } = options;
  if (typeof exec === 'string') {
    if (exec.startsWith('-')) return `--exec takes a command, and got ${shownArgument(exec)}`;
    const whole = [exec, ...command.args].map((word) => shownArgument(word)).join(' ');
    return `Did you mean --exec ${shellQuote(whole)}? The command is one argument, in quotes`;
  }
  const has = (name: string): boolean => command.options.some((option) => option.attributeName() === name);
  if (options.setNew === true && left.includes('='))
    return `--set-new takes no value: --set ${shown} --set-new`;
  const rows: readonly (readonly [string, boolean, string])[] = [
    ['port', /^:?\d{1,5}$/.test(left), `--port ${shown.replace(':', '')}`],
    ['to', /^:?\d{1,5}(\/|$)|:\/\/|^localhost\b/.test(left), `--to ${shown}`],
    ['forwardTo', /\d\/|:\/\/|^localhost\b/.test(left), `--forward-to ${shown}`],
    ['scenario', SCENARIO_NAMES.some((name) => name === left) && !isStatus(left), `--scenario ${shown}`],
    ['status', isStatus(left), `--status ${shown}`],
    ['from', /\.(json|ndjson|jsonl|log)$/.test(left), `--from ${shown}`],
    ['set', left.includes('='), `--set ${shown}`],
  ];
  const row = rows.find(([option, fits]) => fits && has(option));
  return row === undefined ? undefined : `Did you mean ${row[2]}?`;
}

function isStatus(word: string): boolean {
  return MESSAGE_STATUSES.some((status) => status === word);
}
