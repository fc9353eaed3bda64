import { expect, test } from 'vitest'
import { namedUrls } from './named-urls'

function read(source: string, url = 'https://pod.example/app/sw.js'): string[] {
  const steps = namedUrls(source, url)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

test('a precache list names the URLs under which Workbox stores its files', () => {
  const list = `e.precacheAndRoute([{url:"index.html",revision:"0b1c"},{url:"assets/app-4f.js",revision:null},
    {"revision":"77aa","url":"/icons/a.svg?x=1"}],{})`
  expect(read(list)).toEqual(
    expect.arrayContaining([
      'https://pod.example/app/index.html?__WB_REVISION__=0b1c',
      'https://pod.example/app/assets/app-4f.js',
      'https://pod.example/icons/a.svg?x=1&__WB_REVISION__=77aa',
    ]),
  )
})

test('a list of paths names them', () => {
  const list = `const FILES = ['/', './', "/app.css", \`offline.html\`, '/api/list?page=1']`
  expect(read(list)).toEqual([
    'https://pod.example/',
    'https://pod.example/app/',
    'https://pod.example/app.css',
    'https://pod.example/app/offline.html',
    'https://pod.example/api/list?page=1',
  ])
})

test('what is no path, or of another origin, names nothing', () => {
  expect(
    read(`log("Done. Really", 'shell-v1', "//cdn.example/a.js", 'https://cdn.example/b.js', 'a b.js')`),
  ).toEqual([])
  expect(read(`'/a.js'`, 'no URL')).toEqual([])
})

test('a long script is read in turns, and no more than some hundreds of its URLs', () => {
  const list = (count: number) =>
    Array.from({ length: count }, (_, n) => `{url:"/${n}.js",revision:"${n}"}`).join(`;${' '.repeat(900)}`)
  const steps = namedUrls(list(200), 'https://pod.example/sw.js')
  expect(steps.next().done).toBe(false)
  // Each with its revision and without, also those between two turns.
  expect(read(list(140))).toHaveLength(280)
  expect(read(list(10_000))).toHaveLength(300)
  // A text that fits almost everywhere takes no longer.
  expect(read(`"${'a/'.repeat(500_000)}`)).toEqual([])
})
