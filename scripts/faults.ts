// npm run test:faults: each fault at each moment of an abort, and docs/reliability.md from what came of them.
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RESULTS, readResults, reliability } from '../test/faults/results'
import { root } from './browser/launch'
import { runTool } from './test/tool'

await rm(RESULTS, { recursive: true, force: true })
process.env.TESTS = 'full'
const ok = await runTool('vitest', ['run', '--project=browser*', 'test/faults/'])
await writeFile(join(root, 'docs', 'reliability.md'), reliability(readResults()))
console.log('\nWrote docs/reliability.md.')
process.exitCode = ok ? 0 : 1
