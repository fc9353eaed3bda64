// npm test: types, lint, unit tests, build and browser tests, until one of them fails.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './browser/launch'
import { type Counts, countTests } from './test/count'
import { runTool } from './test/tool'

const reports = join(root, 'out', 'tests')
await mkdir(reports, { recursive: true })

const total: Counts = { passed: 0, failed: 0 }

/** Runs one of the projects in vitest.config.ts, and adds what its report counts. */
async function vitest(project: 'unit' | 'browser'): Promise<boolean> {
  const report = join(reports, `${project}.json`)
  const ok = await runTool('vitest', [
    'run',
    `--project=${project}*`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const { passed, failed } = await countTests(report)
  total.passed += passed
  total.failed += failed
  return ok
}

const steps: readonly (readonly [name: string, run: () => Promise<boolean>])[] = [
  [
    'Types',
    async () => (await runTool('tsc', ['--noEmit'])) && runTool('tsc', ['--noEmit', '-p', 'demo/site']),
  ],
  ['Lint', () => runTool('biome', ['check'])],
  ['Unit tests', () => vitest('unit')],
  ['Build', () => runTool('vite', ['build', '--app'])],
  ['Browser tests', () => vitest('browser')],
]

let failure = ''
for (const [name, run] of steps) {
  console.log(`\n== ${name}`)
  if (await run()) continue
  failure = name
  break
}

console.log(failure ? `\nFailed: ${failure}.` : '\nAll steps passed.')
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = failure ? 1 : 0
