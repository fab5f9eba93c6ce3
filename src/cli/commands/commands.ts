import type { Environment } from '../environment.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Program } from '../program.ts';

/** Declares one command; what its action comes to goes to `settle`. */
export type AddCommand = (
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
) => void;

/** All commands, in the order of the help. Each is loaded only where it is needed: start-up is a feature. */
const LOADERS = {
  simulate: async () => (await import('./simulate.ts')).addSimulateCommand,
  listen: async () => (await import('./listen.ts')).addListenCommand,
  replay: async () => (await import('./replay.ts')).addReplayCommand,
  validate: async () => (await import('./validate.ts')).addValidateCommand,
  conformance: async () => (await import('./conformance.ts')).addConformanceCommand,
  report: async () => (await import('./report.ts')).addReportCommand,
  explain: async () => (await import('./explain.ts')).addExplainCommand,
  schema: async () => (await import('./schema.ts')).addSchemaCommand,
} as const satisfies Record<string, () => Promise<AddCommand>>;

/** Loads the command that the arguments name; where they name none (help, a misspelling), all. */
export async function loadCommands(argv: readonly string[]): Promise<AddCommand[]> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) return [];
  const named = argv.find((argument): argument is keyof typeof LOADERS => Object.hasOwn(LOADERS, argument));
  const loaders = named === undefined ? Object.values(LOADERS) : [LOADERS[named]];
  return Promise.all(loaders.map((load) => load()));
}
