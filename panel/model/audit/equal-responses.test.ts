import { expect, test } from 'vitest'
import type { StorageItem } from '../../../protocol/storage-items'
import { outcomeText, outcomeWhere } from '../describe/describe-request'
import { observed } from '../streams/events.fixture'
import { bodyOf, createAuditStream, entryOf, fileOf, foreign, recordOf, rowOf } from './audit.fixture'

/** A success with these URLs and items; what became of each request, by the last part of its URL. */
function outcomes(urls: readonly string[], items: readonly StorageItem[]) {
  const records = urls.map((path, index) => recordOf({ index, url: `https://maps.example/${path}` }))
  const story = createAuditStream().seen().ended({ items }, records, observed.success('h', 3000))
  return story.verdict().outcomes.map((one) => {
    const where = outcomeWhere(one)
    return `${one.record.url.slice('https://maps.example/'.length)}: ${outcomeText(one)}${where ? ` in ${where}` : ''}`
  })
}
const tiles = ['tiles/alps-1.bin', 'tiles/alps-2.bin', 'tiles/alps-3.bin']
const missing = 'answered, not found in the storage that was read'
const file = (path: string) => foreign(fileOf(path, 1000))
const row = (key: string, value = 'Blob') =>
  foreign(rowOf(key, value, { size: 1000, bodies: [bodyOf(1000)] }))

test.each<[string, readonly string[], readonly StorageItem[], readonly string[]]>([
  [
    'a file is called after its response',
    tiles,
    [file('regions/alps/alps-2.bin'), file('regions/alps/alps-3.bin')],
    [missing, 'stored in OPFS regions/alps/alps-2.bin', 'stored in OPFS regions/alps/alps-3.bin'],
  ],
  [
    'they are in another order',
    tiles,
    [file('alps-3'), file('alps-1')],
    ['stored in OPFS alps-1', missing, 'stored in OPFS alps-3'],
  ],
  [
    'the key of a row is the URL',
    tiles,
    [row('https://maps.example/tiles/alps-3.bin')],
    [missing, missing, 'stored in pod/downloads: https://maps.example/tiles/alps-3.bin'],
  ],
  [
    'the value of a row has the name',
    tiles,
    [row('1', 'name alps-2.bin data Blob 1000'), row('2', 'name alps-3.bin data Blob 1000')],
    [missing, 'stored in pod/downloads: 1', 'stored in pod/downloads: 2'],
  ],
  [
    'an entry has another URL with the same end',
    tiles,
    [foreign(entryOf(200, { url: 'https://maps.example/offline/alps-3.bin' }))],
    [missing, missing, 'stored in media'],
  ],
  [
    'numbers are the coordinates of a tile',
    ['12/7/1.png', '12/8/1.png', '13/8/1.png'],
    [row('[12, 8, 1]'), file('map/13/8/1.bin')],
    [missing, 'stored in pod/downloads: [12, 8, 1]', 'stored in OPFS map/13/8/1.bin'],
  ],
  [
    'their URLs differ by their query',
    ['tile?n=a1', 'tile?n=a2', 'tile?n=a3'],
    [row('tile?n=a3')],
    [missing, missing, 'stored in pod/downloads: tile?n=a3'],
  ],
  [
    'one name is the beginning of another one',
    ['alps-1', 'alps-11', 'alps-111'],
    [file('alps-11'), file('alps-111')],
    [missing, 'stored in OPFS alps-11', 'stored in OPFS alps-111'],
  ],
])('of equal responses that one is stored after which the item is called: %s', (_, urls, items, said) => {
  expect(outcomes(urls, items)).toEqual(urls.map((url, index) => `${url}: ${said[index]}`))
})

const unknown = (stored: number, all: number, where: string) =>
  `${stored} of ${all} equal responses stored in ${where}`

test.each<[string, readonly string[], readonly StorageItem[], readonly string[]]>([
  [
    'its name says nothing',
    tiles.slice(0, 2),
    [file('a.bin')],
    [unknown(1, 2, 'OPFS a.bin'), unknown(1, 2, 'OPFS a.bin')],
  ],
  [
    'a number may count from 0',
    ['1.bin', '2.bin', '3.bin'],
    [row('1'), row('2')],
    Array(3).fill(unknown(2, 3, 'pod/downloads: 1, pod/downloads: 2')),
  ],
  [
    'another one has a name',
    tiles,
    [file('x'), file('alps-2.bin')],
    [unknown(1, 2, 'OPFS x'), 'stored in OPFS alps-2.bin', unknown(1, 2, 'OPFS x')],
  ],
  [
    'one name fits two',
    ['a/tile.bin', 'b/tile.bin'],
    [file('tile.bin')],
    Array(2).fill(unknown(1, 2, 'OPFS tile.bin')),
  ],
])('which of equal responses is stored is not said where %s', (_, urls, items, said) => {
  expect(outcomes(urls, items)).toEqual(urls.map((url, index) => `${url}: ${said[index]}`))
})

test('where all equal responses are stored, that is said of each', () => {
  expect(outcomes(tiles.slice(0, 2), [file('a'), file('b')])).toEqual([
    `${tiles[0]}: stored in OPFS a`,
    `${tiles[1]}: stored in OPFS b`,
  ])
})

test('one that is under its URL leaves what is elsewhere to the others', () => {
  const entry = entryOf(200, { url: 'https://maps.example/tiles/alps-1.bin', digest: 7 })
  expect(outcomes(tiles.slice(0, 2), [entry, file('a')])).toEqual([
    `${tiles[0]}: stored in media`,
    `${tiles[1]}: stored in OPFS a`,
  ])
})

test('as many responses are found as can be: what may be several leaves to another one what it may be only', () => {
  const records = [
    recordOf({ url: 'https://maps.example/a', bodyDigest: null }),
    recordOf({ index: 1, bodyDigest: 9 }),
  ]
  const items = [foreign(fileOf('x', 1000, { digest: null })), foreign(fileOf('y', 1000, { digest: 7 }))]
  const { outcomes: found } = createAuditStream()
    .seen()
    .ended({ items }, records, observed.success('h', 2000))
    .verdict()
  expect(found.map(({ outcome }) => outcome)).toEqual(['stored', 'stored'])
})

test('a row that holds something else as well takes no response from another one', () => {
  const two = { size: 1500, bodies: [bodyOf(1000), bodyOf(500)] }
  const items = [foreign(rowOf('alps-1', 'Blob', two)), file('x')]
  expect(outcomes(tiles.slice(0, 1), items)).toEqual([`${tiles[0]}: stored in OPFS x`])
})
