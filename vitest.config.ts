import { defineConfig } from 'vitest/config'

/** These replace modules or timers while they are loaded: each has a process of its own. */
const ALONE = [
  'extension/bridge/index.test.ts',
  'extension/bridge/storage/auditor.test.ts',
  'extension/probe/traced-event.test.ts',
  'background/session.test.ts',
  'background/tracer/{tracer,worker-run}.test.ts',
  'panel/words/words.test.ts',
]

/**
 * In these the tracer must be in a worker before DevTools lets its script run, which it does as soon as it is
 * there itself: on a machine that has no time to spare, either may come first.
 */
const QUIET = ['test/trace-{abort,unnoticed}.test.ts', 'test/hostile/worker-built-ins.test.ts']

/** Each process has a Chromium, which its test files share. */
const browser = {
  isolate: false,
  testTimeout: 60_000,
  // A CI machine may be starved of processor time; a test that was tried again is marked as such.
  retry: process.env.CI ? 1 : 0,
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{protocol,wire,extension,background,panel,demo,scripts}/**/*.test.ts'],
          exclude: ALONE,
          isolate: false,
        },
      },
      { test: { name: 'unit, alone', include: ALONE } },
      {
        test: {
          ...browser,
          name: 'browser',
          include: ['test/**/*.test.ts'],
          exclude: QUIET,
          // Two at a time keep two cores busy and nobody waiting.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...browser,
          name: 'browser, quiet',
          include: QUIET,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
