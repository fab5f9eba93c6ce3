import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    env: { NO_COLOR: '1', TZ: 'UTC' },
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
    testTimeout: 20_000,
    coverage: { include: ['src/domain/**', 'src/io/**'], thresholds: { lines: 95 } },
  },
});
