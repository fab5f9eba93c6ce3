import type { Environment } from '../environment.ts';
import { EXIT_CODES, type ExitCode } from '../exit-code.ts';
import { write } from '../output.ts';
import type { Program } from '../program.ts';

/** Declares `schema`: the shape of the event, for other tools. */
export function addSchemaCommand(
  program: Program,
  environment: Environment,
  settle: (code: ExitCode) => void,
): void {
  program
    .command('schema')
    .summary('print the JSON Schema or the TypeScript types of the event')
    .description('Print the JSON Schema (draft 2020-12) of the event, or its TypeScript types.')
    .option('--types', 'the TypeScript types instead')
    .addHelpText(
      'after',
      `
Both are files of the package too, in schema/.

Examples:
  $ callbell-status schema > event.schema.json
  $ callbell-status schema --types > event.d.ts`,
    )
    .action(async ({ types }) => {
      const { EVENT_SCHEMA } = await import('../../domain/event-schema.ts');
      const { schemaTypes } = await import('../../domain/schema-types.ts');
      const { PAYLOAD_SCHEMAS } = await import('../../domain/providers/payload-schemas.ts');
      const text = types
        ? schemaTypes(EVENT_SCHEMA, PAYLOAD_SCHEMAS)
        : `${JSON.stringify(EVENT_SCHEMA, null, 2)}\n`;
      await write(environment.stdout, text);
      settle(EXIT_CODES.ok);
    });
}
