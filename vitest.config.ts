import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{protocol,wire,extension,background,panel,demo}/**/*.test.ts'],
        },
      },
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
