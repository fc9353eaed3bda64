import { inTurn } from '../support/full'
import { type Case, runCases } from './run'

/** Contents that were replaced by others of the same size and type, deep in them or under another name: never clean. */
const replaced = 'pod'
const cases: readonly (Omit<Case, 'id' | 'handler'> & { readonly onlyInFullRun?: boolean })[] = [
  {
    name: 'a cache entry under an unrelated URL',
    onlyInFullRun: true,
    before: `await putEntry('shell', '/app.css', new Response('a'.repeat(5000)))`,
    during: `await putEntry('shell', '/app.css', new Response('b'.repeat(5000)))`,
    verdict:
      /^unknown: .*cache entries under other URLs.*\(\d\.\d kB\) were compared by their total size only/,
  },
  {
    name: 'a cache entry under an unrelated URL that names the id, and is older than the fetch',
    onlyInFullRun: true,
    before: `await putEntry('shell', '/offline/pod/dl-7.json', new Response('x'))`,
    verdict:
      /^unknown: .*cache entries under other URLs.*not searched for its ID: see Application > Cache storage$/,
  },
  {
    name: 'a cache entry under the URL of the page',
    onlyInFullRun: true,
    before: `await putEntry('shell', '/', new Response('a'.repeat(5000)))`,
    during: `await putEntry('shell', '/', new Response('b'.repeat(5000)))`,
    verdict: /^new items: 1 changed cache entry in shell /,
  },
  {
    name: 'a cache entry under the URL of the fetch',
    onlyInFullRun: true,
    before: `await putEntry('shell', '/endless', new Response('a'.repeat(5000)))`,
    during: `await putEntry('shell', '/endless', new Response('b'.repeat(5000)))`,
    verdict: /^left: 1 item names this fetch: shell: .*\/endless /,
  },
  {
    name: 'the headers of a cache entry under the URL of the fetch',
    onlyInFullRun: true,
    before: `await putEntry('shell', '/endless', new Response('a', { headers: { etag: '1' } }))`,
    during: `await putEntry('shell', '/endless', new Response('a', { headers: { etag: '2' } }))`,
    verdict: /^left: 1 item names this fetch: shell: .*\/endless /,
  },
  {
    name: 'a Blob in a row',
    onlyInFullRun: true,
    before: `await putRow('${replaced}', new Blob(['a'.repeat(900000)], { type: 'audio/wav' }))`,
    during: `await putRow('${replaced}', new Blob(['a'.repeat(400000) + 'b' + 'a'.repeat(499999)], { type: 'audio/wav' }))`,
    verdict: /^new items: 1 changed row in library\/items \(pod, 900 kB\)/,
  },
  {
    name: 'a File in a Map in a row',
    onlyInFullRun: true,
    before: `await putRow('${replaced}', new Map([['file', new File(['a'], 'a.wav', { lastModified: 1 })]]))`,
    during: `await putRow('${replaced}', new Map([['file', new File(['b'], 'a.wav', { lastModified: 1 })]]))`,
    verdict: /^new items: 1 changed row in library\/items/,
  },
  {
    name: 'a character deep in a long text of a row',
    onlyInFullRun: true,
    before: `await putRow('${replaced}', { text: 'a'.repeat(700000) })`,
    during: `await putRow('${replaced}', { text: 'a'.repeat(300001) + 'b' + 'a'.repeat(399998) })`,
    verdict: /^new items: 1 changed row in library\/items/,
  },
  {
    name: 'a byte deep in a buffer in a Set',
    onlyInFullRun: true,
    before: `await putRow('${replaced}', new Set([new Uint8Array(700000)]))`,
    during: `await putRow('${replaced}', new Set([new Uint8Array(700000).fill(1, 300001, 300002)]))`,
    verdict: /^new items: 1 changed row in library\/items/,
  },
  {
    name: 'a character deep in a long text of localStorage',
    onlyInFullRun: true,
    before: `localStorage.setItem('list', 'a'.repeat(700000))`,
    during: `localStorage.setItem('list', 'a'.repeat(300001) + 'b' + 'a'.repeat(399998))`,
    verdict: /^new items: 1 changed key in localStorage \(list\)/,
  },
  {
    name: 'a file',
    onlyInFullRun: true,
    before: `await writeFile('list.json', 'a'.repeat(5000))`,
    during: `await writeFile('list.json', 'b'.repeat(5000))`,
    verdict: /^new items: 1 changed file in OPFS \(list\.json, 5\.0 kB\)/,
  },
  {
    name: 'the order of keys in a row',
    onlyInFullRun: true,
    before: `await putRow('${replaced}', { a: 1, b: 2 })`,
    during: `await putRow('${replaced}', { b: 2, a: 1 })`,
    verdict: /^new items: 1 changed row in library\/items/,
  },
  {
    name: 'a property of an array in a row',
    onlyInFullRun: true,
    before: `await putRow('${replaced}', Object.assign([1], { state: 'a' }))`,
    during: `await putRow('${replaced}', Object.assign([1], { state: 'b' }))`,
    verdict: /^new items: 1 changed row in library\/items/,
  },
  {
    name: 'the version of a database',
    onlyInFullRun: true,
    before: `await putRow('${replaced}', 1)`,
    during: `
      await new Promise((resolve, reject) => {
        const opening = indexedDB.open('library', 2)
        opening.onerror = reject
        opening.onsuccess = () => resolve(opening.result.close())
      })
    `,
    verdict: /^new items: 1 changed database \(library\)/,
  },
  {
    name: 'a value of a storage bucket',
    onlyInFullRun: true,
    before: `await navigator.storageBuckets.open('inbox')`,
    during: `
      const inbox = await navigator.storageBuckets.open('inbox')
      await new Promise((resolve) => {
        const opening = inbox.indexedDB.open('dl-7')
        opening.onsuccess = () => resolve(opening.result.close())
      })
    `,
    verdict: /^unknown: .*1 storage bucket besides the default one was not read$/,
  },
]

runCases(
  cases.flatMap(({ name, ...one }, i) =>
    inTurn(i, [true, false]).map((traced) => ({
      ...one,
      name: `${name} (${traced ? 'traced' : 'untraced'})`,
      id: 'dl-7',
      handler: 'nothing',
      aborted: true,
      traced,
    })),
  ),
)

runCases([
  {
    name: 'a file of the size of the response that came, with other bytes, is not the response',
    id: 'dl-7',
    handler: 'same-size',
    urls: ['/bytes?size=3000000&for=1000'],
    // Where there was no time to read all bytes, the verdict goes by the size, and says so.
    verdict:
      /^(unknown: whether all responses are stored is not known; a response may be in movie\.bin|stored: .*, recognized by size only$)/,
  },
  {
    name: 'a file with the bytes of the response that came is the response',
    onlyInFullRun: true,
    id: 'dl-7',
    handler: 'pipe-into-file',
    urls: ['/bytes?size=3000000&for=1000'],
    verdict: /^stored: 1 of 1 responses, 3\.0 MB in OPFS movie\.bin$/,
    requests: [/200 OK 3\.0 MB stored in OPFS movie\.bin$/],
  },
])
