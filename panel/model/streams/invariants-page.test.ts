import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string) => readFileSync(root + path, 'utf8')

/** The names of the tests that a file has, as they stand there. */
const testsIn = (path: string) =>
  [...read(path).matchAll(/^ *(?:test|inFullRun)\(\s*'(.+)'/gm)].map(([, name]) => name)

const [ofStreams = '', elsewhere = ''] = read('docs/invariants.md').split('\nElsewhere:\n')

/** The last cell of each row of a table. */
const proofs = (table: string) => [...table.matchAll(/^\|.*\| (.+) \|$/gm)].map(([, cell = '']) => cell)

test('docs/invariants.md names each test of invariants.test.ts, and none that is not there', () => {
  const [, , ...named] = proofs(ofStreams)
  expect(named.sort()).toEqual(testsIn('panel/model/streams/invariants.test.ts').sort())
})

test('the tests elsewhere that docs/invariants.md names are there', () => {
  const [, , ...cells] = proofs(elsewhere)
  expect(cells.length).toBeGreaterThan(0)
  for (const cell of cells) {
    const [, name] = /: (.+)$/.exec(cell) ?? []
    const paths = [...cell.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path)
    expect(paths, cell).not.toEqual([])
    for (const path of paths) {
      expect(existsSync(root + path), path).toBe(true)
      if (name) expect(testsIn(path)).toContain(name)
    }
  }
})
