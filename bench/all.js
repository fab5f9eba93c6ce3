// Runs every benchmark of this folder, one after another: `npm run bench`, or `npm run bench -- start-up` for one.
import { readdirSync } from 'node:fs';

const wanted = process.argv[2] ?? '';
const benches = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.bench.js'));
for (const file of benches) {
  if (file.startsWith(wanted)) await import(`./${file}`);
}
