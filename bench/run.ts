// npm run bench: how soon the panel shows what happens, and what it costs. Nothing fails on a time; a full run says which
// figures miss their goals.
// `-- --quick` takes fewer samples, `-- --only=costs,log` measures only these parts.
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startDemo } from '../demo/server/index'
import { root } from '../scripts/browser/launch'
import { parts } from './parts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const { quick } = options
const demo = await startDemo()

const isPart = (name: string): name is keyof typeof parts => Object.hasOwn(parts, name)

const asked = options.only === '' ? Object.keys(parts) : options.only.split(',')
const unknown = asked.filter((name) => !isPart(name))
if (unknown.length > 0)
  throw new Error(`No such part: ${unknown.join()}. There are ${Object.keys(parts).join()}.`)

const machine = `${process.platform} ${process.arch}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`
console.log(`${machine}, Node ${process.version}`)
const report: Record<string, unknown> = { machine }
for (const name of asked.filter(isPart)) report[name] = await parts[name]({ demo, quick })
await demo.close()

const path = join(root, 'out', 'bench.json')
await mkdir(join(root, 'out'), { recursive: true })
await writeFile(path, `${JSON.stringify(report, null, 2)}\n`)
console.log(`\nAll samples: ${path}`)
