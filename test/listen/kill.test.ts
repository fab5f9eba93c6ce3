import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/files.ts';
import { killUnderLoad } from '../support/kill-listener.js';

/** More kills, at random moments: `KILLS=200 npx vitest run test/listen/kill.test.ts`. */
const MORE_KILLS = Number(process.env.KILLS ?? 0);

const MOST_ANSWERS = 2000;

/** After how many answers each run is killed; one list a file, to which its runs append. */
const FILES: number[][] = [[1, 150, 900]];
for (let kill = 0; kill < MORE_KILLS; kill += 1) {
  if (kill % 20 === 0) FILES.push([]);
  FILES.at(-1)?.push(1 + Math.floor(Math.random() * MOST_ANSWERS));
}

describe('listen --record, killed by SIGKILL under pipelined load', () => {
  it.each(FILES)(
    'has everything in the file that it acknowledged, over runs that append to it',
    async (...kills) => {
      const file = join(temporaryFolder(), 'capture.ndjson');
      let tornEnds = 0;
      for (const [kill, killAfter] of kills.entries()) {
        const flags = kill % 5 === 4 ? ['--record-sync'] : [];
        const { acknowledged, lost, tornLines, tornEnd } = await killUnderLoad(file, killAfter, flags);
        expect(acknowledged).toBeGreaterThanOrEqual(killAfter);
        expect(lost).toEqual([]);
        // A line that a kill tore is a line of its own from the next run on; nothing else is broken.
        expect(tornLines).toBe(tornEnds);
        if (tornEnd) tornEnds += 1;
      }
    },
    30_000 + MORE_KILLS * 5000,
  );
});
