import { defineConfig } from 'vitest/config'

/** These replace modules or timers while they are loaded: each has a process of its own. */
const ALONE = [
  'extension/bridge/index.test.ts',
  'extension/bridge/stock/auditor.test.ts',
  'extension/probe/traced-event.test.ts',
  'background/session.test.ts',
  'background/tracer/{tracer,worker-run}.test.ts',
  'panel/words/{told,words}.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{protocol,wire,extension,background,panel,demo}/**/*.test.ts'],
          exclude: ALONE,
          isolate: false,
        },
      },
      { test: { name: 'unit, alone', include: ALONE } },
      {
        test: {
          name: 'browser',
          include: ['test/**/*.test.ts'],
          // Each file has a Chromium of its own; two at a time keep two cores busy and nobody waiting.
          maxWorkers: 2,
          isolate: false,
          testTimeout: 60_000,
          // A CI machine may be starved of processor time; a test that was tried again is marked as such.
          retry: process.env.CI ? 1 : 0,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
