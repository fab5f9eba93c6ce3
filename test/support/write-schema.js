// Writes what the schemas say: src/domain for the validator and the library, schema/ for everybody else.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { statusEventSchema } from '../../dist/domain/event.js';
import { PAYLOAD_SCHEMAS } from '../../dist/domain/providers/payload-schemas.js';
import { schemaTypes } from '../../dist/domain/schema-types.js';

const schema = z.toJSONSchema(statusEventSchema);
const types = schemaTypes(
  /** @type {import('../../src/domain/json-schema.ts').JsonSchema} */ (schema),
  PAYLOAD_SCHEMAS,
);
const root = new URL('../../', import.meta.url);
const module = new URL('src/domain/event-schema.ts', root).pathname;
const typesModule = new URL('src/domain/status-event.ts', root).pathname;

writeFileSync(
  module,
  `// Made from the zod schema in event.ts by \`npm run schema\`; a test fails where the two differ.

/** The JSON Schema (draft 2020-12) of the event, as data: what the validator reads, without loading zod. */
export const EVENT_SCHEMA = ${JSON.stringify(schema)} as const;
`,
);
writeFileSync(
  typesModule,
  `// Made by \`npm run schema\`, as schema/message_status_updated.d.ts; a test fails where the two differ.\n\n${types}`,
);
execFileSync('npx', ['biome', 'check', '--write', module, typesModule], { stdio: 'inherit' });
mkdirSync(new URL('schema/', root), { recursive: true });
writeFileSync(
  new URL('schema/message_status_updated.schema.json', root),
  `${JSON.stringify(schema, null, 2)}\n`,
);
writeFileSync(new URL('schema/message_status_updated.d.ts', root), types);
