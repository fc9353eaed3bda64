import { runCases } from './run'

/** What is left by a fetch that was aborted: verdicts, and what is listed. */
runCases([
  {
    name: 'a row and a file under keys that are made from the id are new, with key and size',
    onlyInFullRun: true,
    both: true,
    id: 'dl-7',
    handler: 'nothing',
    aborted: true,
    during: `
      await putRow('movie-7', { title: 'A movie', bytes: new Uint8Array(500) })
      await writeFile('parts/7.part', 'x'.repeat(1234))
    `,
    verdict:
      /^new items: 1 new row in library\/items \(movie-7, 500 B\); 1 new file in OPFS \(parts\/7\.part, 1\.2 kB\), not matched/,
    findings: [/movie-7 \(500 B[,)]/, /parts\/7\.part \(1\.2 kB[,)]/],
    requests: [/endless .*not complete$/],
  },
  {
    name: 'untraced: a counter that was changed and a key of localStorage are listed',
    onlyInFullRun: true,
    id: 'dl-7',
    handler: 'nothing',
    aborted: true,
    traced: false,
    before: `await putRow('count', 1)`,
    during: `await putRow('count', 2); localStorage.setItem('queue', '1')`,
    verdict:
      /^new items: 1 changed row in library\/items \(count\); 1 new key in localStorage \(queue\), not matched/,
    findings: [/library\/items: count \(older than the fetch: .*changed since\)/, /queue/],
  },
  {
    name: 'a handler that waits for nothing, and writes rows after its event',
    id: 'dl-7',
    handler: 'write-late',
    aborted: true,
    verdict: /^wrong: Storage changed after the event ended: .*library\/items: part-\d/,
    findings: [/Storage changed after the event ended.* part-14/],
  },
  {
    name: 'untraced: files that are written after the event are said to be written after it',
    onlyInFullRun: true,
    id: 'dl-7',
    handler: 'files-late',
    aborted: true,
    traced: false,
    verdict: /^new items: 3 new files in OPFS .*\(3 changed after the event ended\)/,
  },
  {
    name: 'untraced: a row that existed and gains the id',
    onlyInFullRun: true,
    id: 'dl-7',
    handler: 'nothing',
    aborted: true,
    traced: false,
    before: `await putRow('state', { queue: [] })`,
    staged: `await putRow('state', { queue: [], active: 'dl-7' })`,
    verdict:
      /^left: 1 item names this fetch: library\/items: state \(older than the fetch: .*changed since\)/,
  },
  {
    name: 'a key of localStorage whose value gains the id',
    onlyInFullRun: true,
    both: true,
    id: 'dl-7',
    handler: 'nothing',
    aborted: true,
    before: `localStorage.setItem('state', '{}')`,
    during: `localStorage.setItem('state', '{"active":"dl-7"}')`,
    verdict: /^left: 1 item names this fetch: state \(older than the fetch: .*changed since\)/,
  },
  {
    name: 'a row of something else that is gone is not called clean',
    id: 'dl-7',
    handler: 'nothing',
    aborted: true,
    before: `await putRow('other', 1)`,
    during: `await deleteRow('other')`,
    verdict:
      /^unknown: .*1 item that was there before the fetch is gone and does not name it \(library\/items: other\)/,
  },
  {
    name: 'no request is pending or unknown after an abort',
    both: true,
    id: 'dl-7',
    handler: 'nothing',
    aborted: true,
    urls: ['/bytes?size=2000', '/endless', '/endless?2'],
    responded: /bytes\?size=2000/,
    verdict: /^clean: nothing new, nothing left$/,
    findings: [],
    requests: [/bytes\?size=2000 200 OK 2\.0 kB/, /endless .*not complete$/, /endless\?2 .*not complete$/],
  },
])
