// npm run package: what the web store takes, the same bytes from the same sources.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Zippable, zipSync } from 'fflate'
import * as v from 'valibot'
import { dist, root } from './browser/launch'
import { problemsOf } from './package/check'
import { readTree } from './package/tree'

/** Zip keeps no date before 1980; any fixed one does. It is taken as local time, hence without a zone. */
const MTIME = new Date(2020, 0, 1)

const PackageJson = v.object({ version: v.string(), dependencies: v.record(v.string(), v.string()) })

const { version, dependencies } = v.parse(
  PackageJson,
  JSON.parse(await readFile(join(root, 'package.json'), 'utf8')),
)
const files = await readTree(dist)
const problems = problemsOf(files, { version, dependencies: Object.keys(dependencies) })
if (problems.length > 0) {
  console.error(`Not packaged:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  process.exit(1)
}

const entries: Zippable = {}
for (const [name, bytes] of files)
  entries[name] = [bytes, { level: 9, mtime: MTIME, os: 3, attrs: 0o644 << 16 }]
const zip = zipSync(entries)
const path = join(root, 'out', `background-fetch-devtools-${version}.zip`)
await mkdir(join(root, 'out'), { recursive: true })
await writeFile(path, zip)
console.log(`${path}: ${files.size} files, ${zip.length.toLocaleString('en')} bytes`)
