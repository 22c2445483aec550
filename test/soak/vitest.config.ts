import { defineConfig } from 'vitest/config';

const TWO_HOURS_MS = 2 * 60 * 60 * 1000;

/** `npm run soak`: no part of the tests, for it takes its time. */
export default defineConfig({
  test: { include: ['test/soak/soak.ts'], testTimeout: TWO_HOURS_MS, reporters: ['default'] },
});
