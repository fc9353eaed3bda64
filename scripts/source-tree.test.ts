import { readdirSync, readFileSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import { expect, test } from 'vitest'

const FOLDERS = ['protocol', 'wire', 'extension', 'background', 'panel', 'demo', 'test', 'scripts', 'bench']
/** A file of more lines has more than one idea. */
const MAX_LINES = 250
/** About 15: a folder of more says in docs/architecture.md what each file of it is. */
const MAX_FILES = 17

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
).filter((file) => ['.ts', '.tsx', '.mjs', '.css', '.html'].includes(extname(file)))

/** The folders of the table in the documentation, with the text that stands beside each. */
const rows = readFileSync('docs/architecture.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| `\w+\//.test(line))

/** Whether a row names a folder, or a folder above it and then its own name. */
function isDescribed(folder: string): boolean {
  const parts = folder.split('/')
  return parts.some((_, i) => {
    const above = `\`${parts.slice(0, i + 1).join('/')}/\``
    const rest = parts.slice(i + 1).join('/')
    return rows.some((row) => row.includes(above) && (rest === '' || row.includes(`\`${rest}/\``)))
  })
}

test('no file has more than 250 lines', () => {
  const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length - 1 > MAX_LINES)
  expect(long).toEqual([])
})

test('a folder with more than about 15 files besides tests says why', () => {
  const files = new Map<string, Set<string>>()
  for (const file of sources) {
    if (/\.(test|fixture)\.ts$/.test(file)) continue
    const parts = files.get(dirname(file)) ?? new Set()
    // A component and its stylesheet are one.
    files.set(dirname(file), parts.add(file.replace(/(\.module)?\.\w+$/, '')))
  }
  const large = [...files].filter(([, parts]) => parts.size > MAX_FILES).map(([folder]) => folder)
  expect(large).toContain('protocol')
  expect(large.filter((folder) => !isDescribed(folder))).toEqual([])
})
