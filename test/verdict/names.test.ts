import { runCases } from './run'

/** A database that can't be opened: the page holds it, and does not close it for the upgrade that it has asked for. */
const holdBusy = (name: string) => `
  const held = await new Promise((resolve) => {
    indexedDB.open('${name}').onsuccess = ({ target }) => resolve(target.result)
  })
  const upgrade = indexedDB.open('${name}', 2)
  Object.assign(globalThis, { held })
  await new Promise((resolve) => {
    upgrade.onblocked = resolve
  })
`

/** What the panel says of something that was not read, as the name of something that was. */
const busy = 'pod v2 is busy or gone'
const listed = {
  file: 'OPFS can’t be read: NotFoundError.part',
  key: 'reading localStorage took too long: only 2 items were read',
  row: 'only the keys of library/items were compared',
  cache: 'the caches may hold new entries: only the URLs of the fetch were looked up',
}
const write = `
  await putRow('${listed.row}', { bytes: new Uint8Array(500) })
  await writeFile('${listed.file}', 'abc')
  localStorage.setItem('${listed.key}', '1')
  await putEntry('${listed.cache}', '/endless', new Response('x'))
`

/** An item that was read is compared, whatever its name says: what was not read is known from data, not from sentences. */
runCases([
  {
    name: 'a database that is named like the message on another one, which is busy',
    both: true,
    id: 'dl-7',
    handler: 'nothing',
    aborted: true,
    before: `await putRow('other', 1, '${busy}'); await putRow('other', 1, 'pod v2'); ${holdBusy('pod v2')}`,
    held: true,
    during: `await putRow('movie', { bytes: new Uint8Array(500) }, '${busy}')`,
    verdict: /^new items: 1 new row in pod v2 is busy or gone\/items \(movie, 500 B\), not matched/,
    findings: [/pod v2 is busy or gone\/items: movie \(500 B[,)]/],
    gaps: [
      /^database pod v2 is busy or was deleted$/,
      /^before the fetch: database pod v2 is busy or was deleted$/,
    ],
  },
  {
    onlyInFullRun: true,
    name: 'a database whose name begins the name of another one, which is busy',
    both: true,
    id: 'dl-7',
    handler: 'nothing',
    aborted: true,
    before: `await putRow('other', 1, '${busy}'); await putRow('other', 1, 'pod v2'); ${holdBusy(busy)}`,
    held: true,
    during: `await putRow('movie', 1, 'pod v2')`,
    verdict: /^new items: 1 new row in pod v2\/items \(movie\), not matched/,
    gaps: [
      /^database pod v2 is busy or gone is busy or was deleted$/,
      /^before the fetch: database pod v2 is busy or gone is/,
    ],
  },
  {
    name: 'new items that are named like messages',
    onlyInFullRun: true,
    both: true,
    id: 'dl-7',
    handler: 'nothing',
    aborted: true,
    before: `await putRow('other', 1)`,
    during: write,
    verdict:
      /^left: 1 item names this fetch: the caches may hold new entries: .*\. 1 new row .*; 1 new file .*; 1 new key/,
    findings: [
      /library\/items: only the keys of library\/items were compared \(500 B[,)]/,
      /OPFS can’t be read: NotFoundError\.part \(3 B[,)]/,
      /reading localStorage took too long: only 2 items were read/,
      /\/endless/,
    ],
    gaps: [],
  },
  {
    onlyInFullRun: true,
    name: 'items that are named like messages and have not changed',
    both: true,
    id: 'dl-7',
    handler: 'nothing',
    aborted: true,
    before: `${write.replace('/endless', '/')}; await putRow('other', 1, '${busy}')`,
    verdict: /^clean: nothing new, nothing left$/,
    findings: [],
    gaps: [],
  },
])
