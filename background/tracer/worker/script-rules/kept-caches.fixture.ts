const KEPT = "const CURRENT = 'shell-v2'"

const ACTIVATE = `self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((keys) =>
    Promise.all(keys.filter((key) => key !== CURRENT).map((key) => caches.delete(key)))))
})`

const APP = `self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CURRENT).then((cache) => cache.add('/')))
})
self.addEventListener('fetch', (event) => {
  event.respondWith((async () => {
    const name = CURRENT
    return (await caches.open(name)).match(event.request)
  })())
})`

const storing = (name: string, more = '') => `self.addEventListener('backgroundfetchsuccess', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(${name})
    for (const record of await event.registration.matchAll()) {
      await cache.put(record.request, await record.responseReady)
    }
    ${more}
  })())
})`

const activating = (body: string) =>
  `self.addEventListener('activate', (event) => { event.waitUntil((async () => { ${body} })()) })`

/** Workers that keep one cache, which is not the one of their downloads. For tests. */
export const wrongKept: readonly string[] = [
  [KEPT, ACTIVATE, APP, storing("'downloads'")],
  [
    KEPT,
    "const DOWNLOADS = 'downloads'",
    activating(`const all = await caches.keys()
      await Promise.all(all.filter(function (name) { return CURRENT !== name }).map((key) => caches.delete(key)))`),
    storing('DOWNLOADS'),
    "self.addEventListener('backgroundfetchabort', (event) => { event.waitUntil(caches.delete(event.registration.id)) })",
  ],
  [
    activating("(await caches.keys()).filter((key) => key !== 'shell').map((key) => caches.delete(key))"),
    storing("'downloads'"),
  ],
].map((parts) => parts.join('\n'))

/** Workers that keep one cache, and lose nothing, or nothing for certain. For tests. */
export const correctKept: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    'keeps the cache of its downloads': [KEPT, ACTIVATE, APP, storing('CURRENT')],
    'keeps the cache of its downloads, which it names anew': [KEPT, ACTIVATE, APP, storing("'shell-v2'")],
    'stores downloads in a cache of each': [KEPT, ACTIVATE, APP, storing('event.registration.id')],
    'stores downloads in a cache with a name that is made': [
      KEPT,
      ACTIVATE,
      storing('CURRENT + event.registration.id'),
    ],
    'keeps a cache whose name another script has': [ACTIVATE, storing("'downloads'")],
    'keeps a cache whose name changes': [
      "let CURRENT = 'a'\nCURRENT = 'downloads'",
      ACTIVATE,
      storing("'downloads'"),
    ],
    'keeps a cache whose name is made': [
      "const CURRENT = 'down' + 'loads'",
      ACTIVATE,
      storing("'downloads'"),
    ],
    'keeps a cache whose name is chosen': [
      "const CURRENT = 'a' in self ? 'b' : 'downloads'",
      ACTIVATE,
      storing("'downloads'"),
    ],
    'keeps a cache whose name is a parameter': [
      `const keep = (CURRENT) => { ${ACTIVATE} }\nkeep('downloads')`,
      storing("'downloads'"),
    ],
    'moves downloads to the cache that it keeps': [
      KEPT,
      ACTIVATE,
      storing("'downloads'", 'await move(cache)'),
      'const move = async (from) => { const to = await caches.open(CURRENT); to.put("/", await from.match("/")) }',
    ],
    'moves downloads to a cache that it does not name': [
      KEPT,
      ACTIVATE,
      storing("'downloads'", 'await move(cache, caches)'),
      'const move = async (from, all) => { const to = await all.open("shell-v2"); to.put("/", await from.match("/")) }',
    ],
    'takes downloads out of the cache at once': [
      KEPT,
      ACTIVATE,
      storing("'downloads'", "await caches.delete('downloads')"),
    ],
    'stores in a database, too': [KEPT, ACTIVATE, storing("'downloads'", "indexedDB.open('all')")],
    'stores in files, too': [
      KEPT,
      ACTIVATE,
      storing("'downloads'", 'await navigator.storage.getDirectory()'),
    ],
    'only renews a page when a download is over': [
      KEPT,
      ACTIVATE,
      APP,
      "self.addEventListener('backgroundfetchsuccess', (event) => { event.waitUntil(caches.open('pages').then((cache) => cache.add('/list'))) })",
    ],
    'keeps two caches': [
      KEPT,
      ACTIVATE.replace('key !== CURRENT', "key !== CURRENT && key !== 'downloads'"),
      storing("'downloads'"),
    ],
    'keeps two caches, with two filters': [
      KEPT,
      ACTIVATE.replace('.map(', ".filter((key) => key !== 'downloads').map("),
      storing("'downloads'"),
    ],
    'keeps caches of a kind': [
      KEPT,
      ACTIVATE.replace('key !== CURRENT', "key.split('-')[0] !== CURRENT"),
      storing("'downloads'"),
    ],
    'deletes one cache': [KEPT, ACTIVATE.replace('!==', '==='), storing("'downloads'")],
    'keeps the caches of a list': [
      KEPT,
      ACTIVATE.replace('key !== CURRENT', '![CURRENT].includes(key)'),
      storing("'downloads'"),
    ],
  }).map(([name, parts]) => [name, parts.join('\n')]),
)
