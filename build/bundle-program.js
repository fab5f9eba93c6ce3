// Bundles the compiled program into few files: Node spends about half a millisecond on each module it loads, and
// the command line has many small ones. `simulate` starts in 1.4 times the time of bare Node instead of 1.8.
// Only our own modules are joined: dependencies stay dependencies. The library keeps one file a module.
import { readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const COMPILED = resolve(import.meta.dirname, '../dist');
const PROGRAM = resolve(COMPILED, 'program');

/**
 * What is loaded together anyway, because one of the entries needs all of it: a file for each of these. The rest
 * is split at every dynamic import, so that heavy dependencies are still loaded only where they are used.
 * `bin.js` stays alone: it waits at its top level, so nothing that it waits for may wait for it.
 */
const TOGETHER = {
  start: ['cli/main.js'],
  simulate: ['cli/commands/simulate.js', 'cli/simulate/simulate.js'],
  validate: ['cli/commands/validate.js', 'cli/validate/validate-files.js'],
};

const STATIC_IMPORT = /^(?:import|export)\b[^'"();]*?\bfrom\s*['"](\.[^'"]+)['"]/gm;

/**
 * All modules that loading some entries loads.
 * @param {string[]} entries
 * @returns {Set<string>}
 */
function reachable(entries) {
  /** @type {Set<string>} */
  const found = new Set();
  const pending = entries.map((entry) => resolve(COMPILED, entry));
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
      pending.push(resolve(dirname(file), specifier));
    }
  }
  return found;
}

const groups = Object.entries(TOGETHER).map(([name, entries], index) => {
  const modules = reachable(entries);
  return {
    name,
    priority: Object.keys(TOGETHER).length - index,
    test: (/** @type {string} */ id) => modules.has(id),
  };
});

rmSync(PROGRAM, { recursive: true, force: true });
const bundle = await rolldown({
  input: { bin: resolve(COMPILED, 'cli/bin.js') },
  // Everything that is not a path: Node's own modules and the dependencies.
  external: (id) => !id.startsWith('.') && !id.startsWith('/') && !/^[A-Za-z]:[\\/]/.test(id),
  platform: 'node',
  checks: { ineffectiveDynamicImport: false },
});
await bundle.write({ dir: PROGRAM, format: 'esm', codeSplitting: { groups } });
await bundle.close();
