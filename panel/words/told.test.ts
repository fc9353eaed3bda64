import { expect, test, vi } from 'vitest'
import { told } from './told'

vi.mock('./words', () => ({ say: (key: string, ...values: string[]) => [key, ...values].join('|') }))

const bridge = import.meta.glob<string>('../../extension/bridge/stock/!(*.test|*.fixture).ts', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** What the bridge says in the looks at the storage, with something in each place. */
const cuts = Object.values(bridge)
  .flatMap((text) => [...text.matchAll(/cuts\.push\(\s*(`[^`]+`|'[^']+')/g)])
  .map(([, literal = '']) =>
    literal
      .slice(1, -1)
      .replace(/\$\{[^}]*(length|MAX|size|count)[^}]*\}/g, '12')
      .replace(/\$\{[^}]*\}/g, 'podcasts'),
  )

test('every sentence of the bridge about the storage is known', () => {
  expect(cuts.length).toBeGreaterThan(14)
  for (const cut of cuts) expect(told(cut), cut).toMatch(/^told_/)
})

test('a sentence is taken apart into what it is about', () => {
  expect(told('3 stores of my db were not read')).toBe('told_stores|3|my db')
  expect(told('db/rows has 100000 rows: they were counted, not compared')).toBe(
    'told_rows_counted|db/rows|100000',
  )
  expect(told('database a: AbortError: it went')).toBe('told_database_error|a|AbortError: it went')
  expect(told('the private file system can’t be read: no')).toBe('told_files_error|no')
  expect(told('IndexedDB can’t be read: no')).toBe('told_error|IndexedDB|no')
})

test('what the extension did not say stays as it is', () => {
  for (const text of ['', 'NotAllowedError: no', 'told_caches']) expect(told(text)).toBe(text)
})
