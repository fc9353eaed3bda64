import { runCases } from './run'

// Where reading the storage takes long, it is read seldom before a fetch, and how old an item is may not be known.
runCases([
  {
    name: 'a row, a file and a cache entry that name the fetch and are older',
    both: true,
    // Each run has others that are older than their fetch, in test/audit/others.test.ts.
    onlyInFullRun: true,
    id: 'post-12',
    handler: 'nothing',
    aborted: true,
    staged: `
      await writeFile('post-12.part', 'abc')
      await putRow('post-12', { state: 'sending' })
      await putEntry('uploads', '/endless/post-12', new Response('x'))
      // Time has to pass: they are older than the fetch only when the storage was read before it, which is done every two
      // seconds at most and takes a while; nothing in the page or the log says when that was.
      await new Promise((resolve) => setTimeout(resolve, 5000))
    `,
    verdict: /^left: .*items name this fetch: .*older than the fetch/,
    findings: [
      /library\/items: post-12 \(older than the fetch: (appeared|existed)/,
      /post-12\.part \(3 B, older than the fetch/,
      /uploads: .*\/endless\/post-12/,
    ],
  },
])
