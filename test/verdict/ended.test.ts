import { runCases } from './run'

/** Verdicts on fetches that ended by themselves, and what is said of their requests. */
runCases([
  {
    name: 'a response that is piped into a file',
    both: true,
    id: 'movie-1',
    handler: 'pipe-into-file',
    urls: ['/bytes?size=6000000&for=1000'],
    verdict: /^stored: 1 of 1 responses, 6\.0 MB in OPFS movie\.bin(, recognized by size only)?$/,
    requests: [/200 OK 6\.0 MB stored in OPFS movie\.bin$/],
  },
  {
    name: 'a Blob at a key',
    onlyInFullRun: true,
    both: true,
    id: 'movie-1',
    handler: 'put-blob',
    urls: ['/bytes?size=3000000&for=1000'],
    verdict: /^stored: 1 of 1 responses, 3\.0 MB in library\/items: movie$/,
  },
  {
    name: 'a response that is compressed before it is stored can’t be recognized',
    onlyInFullRun: true,
    id: 'movie-1',
    handler: 'compress',
    urls: ['/bytes?size=300000'],
    verdict: /^unknown: whether all responses are stored is not known; a response may be in movie\.gz/,
  },
  {
    name: 'a response under another URL can’t be recognized',
    onlyInFullRun: true,
    id: 'movie-1',
    handler: 'put-elsewhere',
    urls: ['/bytes?size=300000'],
    verdict: /^unknown: whether all responses are stored is not known; the caches may hold new entries/,
  },
  {
    name: 'nothing is stored on an origin that stores much',
    onlyInFullRun: true,
    both: true,
    id: 'movie-1',
    handler: 'note-only',
    urls: ['/bytes?size=300000&for=1000'],
    before: `
      for (let n = 0; n < 20; n++) {
        await putRow('old-' + n, 'old')
        await putEntry('media', '/old/' + n, new Response('x'.repeat(10000)))
        await writeFile('old/' + n, 'old')
      }
    `,
    verdict: /^not stored: Not found in storage: 1 of 1 responses \(300 kB\)$/,
  },
  {
    name: 'an empty body is stored in place of what was promised',
    id: 'dl-7',
    handler: 'put-entries',
    urls: ['/lost?size=5000000'],
    verdict:
      /^wrong: Success, but 0 B of 5\.0 MB can be read: .*Stored, smaller than promised: 1 of 1 responses/,
    requests: [/200 OK 0 B of 5\.0 MB.* stored, smaller than promised in media$/],
  },
  {
    name: 'untraced: an empty body is not stored',
    onlyInFullRun: true,
    id: 'dl-7',
    handler: 'nothing',
    traced: false,
    urls: ['/lost?size=5000000&sent=300000'],
    verdict: /^wrong: Success, but 0 B of 5\.0 MB can be read: /,
    requests: [/200 OK 0 B of 5\.0 MB answered, not found in the storage that was read$/],
  },
  {
    name: 'two requests with one URL',
    onlyInFullRun: true,
    both: true,
    id: 'dl-7',
    handler: 'put-entries',
    urls: ['/bytes?size=2000', '/bytes?size=2000', '/bytes?size=1000&for=1000'],
    verdict: /^unknown: .*2 requests share this URL: .*Stored: 1 of 3 responses, 1\.0 kB in media$/,
    requests: [
      /size=2000 200 OK \s*2 requests share this URL: their responses can’t be distinguished$/,
      /size=2000 200 OK \s*2 requests share this URL: their responses can’t be distinguished$/,
      /size=1000.* 200 OK 1\.0 kB stored in media$/,
    ],
  },
  {
    name: 'a server that can’t be reached',
    both: true,
    id: 'dl-7',
    handler: 'nothing',
    urls: ['/bytes?size=2000', '/dead'],
    verdict: /^clean: nothing new, nothing left$/,
    requests: [/size=2000 200 OK 2\.0 kB/, /dead no complete response came \(a network error\)/],
  },
  {
    name: 'a request that was redirected',
    onlyInFullRun: true,
    id: 'dl-7',
    handler: 'put-entries',
    urls: ['/redirect?to=/bytes'],
    verdict: /^stored: 1 of 1 responses, 1\.0 kB in media$/,
    requests: [/redirected to \/bytes 200 OK 1\.0 kB stored in media$/],
  },
])
