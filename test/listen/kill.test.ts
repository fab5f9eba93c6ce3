import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/files.ts';
import { killUnderLoad } from '../support/kill-listener.js';

describe('listen --record, killed by SIGKILL under load', () => {
  it('has everything in the file that it acknowledged, over runs that append to it', async () => {
    const file = join(temporaryFolder(), 'capture.ndjson');
    for (const killAfter of [1, 150, 900]) {
      const { acknowledged, lost, tornLines } = await killUnderLoad(file, killAfter);
      expect(acknowledged).toBeGreaterThanOrEqual(killAfter);
      expect(lost).toEqual([]);
      // A line that an earlier kill tore is a line of its own, and there is at most one for each kill.
      expect(tornLines).toBeLessThanOrEqual(2);
    }
  });
});
