import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    env: { NO_COLOR: '1', TZ: 'UTC' },
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
    testTimeout: 20_000,
    // What runs concurrently mostly waits: forty handlers that are wrong are tried at once.
    maxConcurrency: 12,
    coverage: { include: ['src/domain/**', 'src/io/**'], thresholds: { lines: 95 } },
  },
});
