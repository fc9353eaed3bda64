import type { ScriptRule } from '../../../../protocol/worker-events'
import { wrongKept } from './kept-caches.fixture'

/**
 * Workers in which a rule finds something, and the text of the place. What is named and declared apart is not followed
 * where its name was made short: see `named`. For tests.
 */
export const wrong: Readonly<Record<ScriptRule, readonly (readonly [source: string, place: string])[]>> = {
  'script-unknown-event': [
    ["self.addEventListener('backgroundfetched', (event) => {})", "'backgroundfetched'"],
    ['addEventListener("backgroundfetchfailure", onFail)\nfunction onFail() {}', '"backgroundfetchfailure"'],
    ['globalThis.onbackgroundfetch = () => {}', 'onbackgroundfetch'],
  ],
  'script-no-update-ui': [
    [
      `self.addEventListener('backgroundfetchabort', (event) => {
        event.waitUntil(caches.delete(event.registration.id))
        event.updateUI({ title: 'Stopped' })
      })`,
      'updateUI({ title',
    ],
    [
      `self.addEventListener('backgroundfetchclick', async function onClick(e) {
        await e.updateUI({ title: 'Clicked' })
      })`,
      'updateUI({ title',
    ],
    [
      `const onAbort = async (event) => {
        event.waitUntil((async () => { await event.updateUI({ title: 'Stopped' }) })())
      }
      addEventListener('backgroundfetchabort', onAbort)`,
      'updateUI({ title',
    ],
    ...[
      `e.waitUntil(caches.delete('a').then(() => e.updateUI({ title: 'x' })))`,
      `e.waitUntil(caches.delete('a').catch(() => {}).then(() => e.updateUI({ title: 'x' })).finally(() => {}))`,
      `e.waitUntil((async () => { try { await caches.delete('a') } catch {} await e.updateUI({ title: 'x' }) })())`,
      `e.waitUntil(async function () { await Promise.all([caches.delete('a'), e.updateUI({ title: 'x' })]) }())`,
      `e.waitUntil(Promise.all(['a', 'b'].map(async (name) => { await caches.delete(name); await e.updateUI({ title: 'x' }) })))`,
    ].map(
      (body) => [`addEventListener('backgroundfetchabort', (e) => { ${body} })`, 'updateUI({ title'] as const,
    ),
    ["self.onbackgroundfetchclick = (event) => event.updateUI({ title: 'x' })", "updateUI({ title: 'x' }"],
  ],
  'script-registration-method': [
    [
      `self.addEventListener('backgroundfetchclick', (event) => { event.registration.updateUI({ title: 'x' }) })`,
      'updateUI({ title',
    ],
    [
      `addEventListener('backgroundfetchsuccess', ({ registration }) => { registration.complete() })`,
      'complete()',
    ],
    [
      `addEventListener('backgroundfetchsuccess', (event) => {
        event.waitUntil((async () => {
          const { registration } = event
          await registration.matchAll()
          await registration.updateUI({ title: 'Done' })
        })())
      })`,
      'updateUI({ title',
    ],
    [
      `self.addEventListener('backgroundfetchfail', (event) => {
        const fetch = event.registration
        fetch.complete(false)
      })`,
      'complete(false)',
    ],
  ],
  'script-wait-until-function': [
    [
      `self.addEventListener('backgroundfetchsuccess', (event) => {
        event.waitUntil(async () => { await event.registration.matchAll() })
      })`,
      'waitUntil(async',
    ],
    [
      `addEventListener('backgroundfetchabort', function (e) { e.waitUntil(function () { return caches.delete('x') }) })`,
      'waitUntil(function',
    ],
    [
      `addEventListener('backgroundfetchfail', onFail)
      function onFail(event) { event.waitUntil(() => caches.delete('x'),) }`,
      'waitUntil(() =>',
    ],
    [
      `self.addEventListener('backgroundfetchabort', (event) => { event.waitUntil(cleanUp) })
      async function cleanUp() { await caches.delete('x') }`,
      'waitUntil(',
    ],
    [
      `const cleanUp = async () => { await caches.delete('x') }
      self.addEventListener('activate', (event) => event.waitUntil(cleanUp()))
      self.addEventListener('backgroundfetchfail', (e) => e.waitUntil(cleanUp))`,
      'waitUntil(',
    ],
  ],
  'script-record-stored': [
    [
      `self.addEventListener('backgroundfetchsuccess', (event) => {
        event.waitUntil((async () => {
          const cache = await caches.open('downloads')
          const records = await event.registration.matchAll()
          await Promise.all(records.map(async (record) => { await cache.put(record.request, record) }))
        })())
      })`,
      'put(record.request',
    ],
    [
      `addEventListener('backgroundfetchsuccess', ({ registration, waitUntil }) => {
        caches.open('x').then(async (cache) => {
          for (const record of await registration.matchAll()) {
            cache.put(record.request.url, record.responseReady)
          }
        })
      })`,
      'put(record.request',
    ],
    [
      `addEventListener('backgroundfetchsuccess', (e) => {
        e.waitUntil((async () => {
          const c = await caches.open('x')
          await e.registration.matchAll().then((all) => Promise.all(all.map((r) => c.put(r.request, r))))
        })())
      })`,
      'put(r.request',
    ],
  ],
  'script-caches-deleted': [
    ...[
      `event.waitUntil(caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))))`,
      `event.waitUntil((async () => { for (const key of await caches.keys()) await caches.delete(key) })())`,
      `event.waitUntil(caches.keys().then(function (all) {
        return Promise.all(all.map(function (one) { return caches.delete(one) }))
      }))`,
    ].map(
      (body) =>
        [
          `self.addEventListener('activate', (event) => { ${body} })
          self.addEventListener('backgroundfetchsuccess', (event) => {
            event.waitUntil(caches.open('downloads').then((cache) => cache.add('/')))
          })`,
          'delete(',
        ] as const,
    ),
    ...wrongKept.map((source) => [source, 'delete(key)'] as const),
  ],
  'script-event-not-extended': [
    [
      `self.addEventListener('backgroundfetchsuccess', (event) => { event.updateUI({ title: 'Done' }) })`,
      'updateUI({ title',
    ],
    [`addEventListener('backgroundfetchfail', e => e.updateUI({ title: 'Failed' }))`, 'updateUI({ title'],
    [
      `self.addEventListener('install', (event) => { event.waitUntil(caches.open('x')) })
      self.addEventListener('backgroundfetchabort', (e) => e.waitUntil(caches.delete(e.registration.id)))
      self.addEventListener('backgroundfetchsuccess', function (event) {
        console.log(event.registration.id)
        if (event.registration.result === 'success') event.updateUI({ icons: [{ src: 'done.png' }] })
      })`,
      'updateUI({ icons',
    ],
    [
      `addEventListener('backgroundfetchsuccess', async (event) => {
        const { registration } = event
        const records = await registration.matchAll()
        const cache = await caches.open('x')
        await Promise.all(records.map(async (record) => cache.put(record.request, await record.responseReady)))
        const say = (title) => { console.log(title) }
        await event.updateUI({ title: \`\${registration.id} is here\` }).then(() => say('done'))
      })`,
      'updateUI({ title',
    ],
    [`self.onbackgroundfetchsuccess = (e) => e.updateUI({ title: 'Done' })`, 'updateUI({ title'],
    [
      `self.addEventListener('backgroundfetchfail', (event, more, last) => {
        try { event.updateUI({ title: 'Failed' }) } catch (error) { console.error(error, more, last) }
      })`,
      'updateUI({ title',
    ],
    [
      `addEventListener('backgroundfetchfail', onFail)
      addEventListener('backgroundfetchsuccess', onFail)
      async function onFail(event) {
        const options = { title: event.type }
        await event.updateUI(options)
      }`,
      'updateUI(options',
    ],
  ],
  'script-store-created-late': [
    `const request = indexedDB.open('movies', 1)
    request.onsuccess = () => {
      const db = request.result
      db.createObjectStore('movies', { keyPath: 'id' })
      resolve(db)
    }`,
    `const request = self.indexedDB.open('movies')
    request.onupgradeneeded = () => {}
    request.addEventListener('success', function (event) {
      resolve(event.target.result.createObjectStore('movies'))
    })`,
    `indexedDB.open('movies').onsuccess = (event) => {
      const db = event.target.result
      if (!db.objectStoreNames.contains('movies')) db.createObjectStore('movies')
      resolve(db)
    }`,
    `let request = indexedDB.open('movies', 2)
    request.onerror = () => {}
    request.onsuccess = async (e) => {
      await Promise.resolve(e)
      request.result.createObjectStore('movies')
      resolve()
    }`,
  ].map(
    (body) =>
      [
        `self.addEventListener('backgroundfetchsuccess', (event) => {
          event.waitUntil(new Promise((resolve) => { ${body} }))
        })`,
        'createObjectStore(',
      ] as const,
  ),
}

/** Those whose handler, or the name of a cache, is declared apart. */
export const named = (source: string): boolean => /onFail|onAbort|CURRENT/.test(source)
