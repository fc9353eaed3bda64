import { defineConfig } from 'vitest/config'

/** What replaces modules or timers while they are loaded is named `*.isolated.test.ts`: each has a process of its own. */
const ISOLATED = ['{protocol,wire,extension,background,panel,demo,scripts}/**/*.isolated.test.ts']

/**
 * In a `*.quiet.test.ts` the tracer must be in a worker before DevTools lets its script run, which it does as soon as it
 * is there itself: on a machine that has no time to spare, either may come first.
 */
const QUIET = ['test/**/*.quiet.test.ts']

/** Each process has a Chromium, which its test files share. */
const browser = {
  isolate: false,
  testTimeout: 60_000,
  // A CI machine may be starved of processor time; a test that was tried again is marked as such.
  retry: process.env.CI ? 2 : 0,
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // They take milliseconds; a machine that is busy may take a thousand times as long.
          testTimeout: 30_000,
          include: ['{protocol,wire,extension,background,panel,demo,scripts,bench}/**/*.test.ts'],
          exclude: ISOLATED,
          isolate: false,
        },
      },
      { test: { name: 'unit, alone', include: ISOLATED, testTimeout: 30_000 } },
      {
        test: {
          ...browser,
          name: 'browser',
          include: ['test/**/*.test.ts'],
          exclude: QUIET,
          // Tests wait more than they work: three at a time keep two cores busy.
          maxWorkers: 3,
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
