import { correctCaught } from './correct-caught.fixture'
import { correctStores } from './correct-stores.fixture'
import { correctUpdates } from './correct-updates.fixture'
import { correctKept } from './kept-caches.fixture'

/** Workers that are right, by what is done in them that looks like one of the mistakes. For tests. */
export const correct: Readonly<Record<string, string>> = {
  ...correctUpdates,
  ...correctStores,
  ...correctCaught,
  ...correctKept,
  'cleans up after an abort, with an async function that is called': `
    self.addEventListener('backgroundfetchabort', (event) => {
      event.waitUntil((async () => {
        const { registration } = event
        await caches.delete(registration.id)
      })())
    })`,
  'stores each response and names the notification after it': `
    addEventListener('backgroundfetchsuccess', (event) => {
      event.waitUntil(async function () {
        const cache = await caches.open('downloads')
        const records = await event.registration.matchAll()
        await Promise.all(records.map(async (record) => {
          const response = await record.responseReady
          await cache.put(record.request, response)
        }))
        await event.updateUI({ title: 'Done' })
      }())
    })`,
  'updates the notification after a failure': `
    self.addEventListener('backgroundfetchfail', async (event) => {
      event.waitUntil(cleanUp(event.registration.id))
      await event.updateUI({ title: 'Failed' })
    })
    async function cleanUp(id) { await caches.delete(id) }`,
  'has one handler for all ends, and asks which it is': `
    function onEnd(event) {
      event.waitUntil(finish(event))
      if (event.type !== 'backgroundfetchabort') event.updateUI({ title: 'Over' })
    }
    self.addEventListener('backgroundfetchsuccess', onEnd)
    self.addEventListener('backgroundfetchfail', onEnd)
    self.addEventListener('backgroundfetchabort', onEnd)
    const finish = async () => {}`,
  'asks whether there is an updateUI()': `
    self.addEventListener('backgroundfetchabort', (event) => {
      event.waitUntil(Promise.resolve())
      event.updateUI?.({ title: 'Stopped' })
    })
    self.addEventListener('backgroundfetchclick', (event) => {
      if ('updateUI' in event) event.updateUI({ title: 'x' })
      event.waitUntil(clients.openWindow('/'))
    })`,
  'tries updateUI()': `
    self.onbackgroundfetchabort = (event) => {
      event.waitUntil(caches.delete(event.registration.id))
      try { event.updateUI({ title: 'Stopped' }) } catch {}
    }`,
  'sends a message to a page of its own, and another thing that is called event inside': `
    self.addEventListener('backgroundfetchabort', (event) => {
      event.waitUntil(new Promise((resolve) => {
        const channel = new BroadcastChannel('ui')
        channel.onmessage = (event) => { event.updateUI(event.data); resolve() }
      }))
    })`,
  'has a queue of its own with a waitUntil() for functions': `
    class Queue {
      #all = []
      waitUntil(task) { this.#all.push(task()) }
      get done() { return Promise.all(this.#all) }
    }
    self.addEventListener('backgroundfetchsuccess', (event) => {
      const queue = new Queue()
      queue.waitUntil(async () => { await event.registration.matchAll() })
      event.waitUntil(queue.done)
    })`,
  'passes on what a function returns': `
    const handle = async (event) => { await event.registration.matchAll() }
    self.addEventListener('backgroundfetchsuccess', (event) => event.waitUntil(handle(event)))
    self.addEventListener('backgroundfetchabort', (event) => { event.waitUntil((() => Promise.resolve(event))()) })`,
  'passes on a promise that is named like a function elsewhere': `
    function outer() { function work() {} return work }
    const ready = (async () => {})()
    const done = function () { return Promise.resolve() }()
    let either = () => {}
    if (outer()) either = Promise.resolve()
    const chosen = function () {} && ready
    const thenable = () => {}
    thenable.then = (resolve) => resolve()
    const given = (cleanUp) => self.addEventListener('backgroundfetchabort', (event) => event.waitUntil(cleanUp))
    const cleanUp = async () => {}
    given(cleanUp())
    self.work = ready
    var name = function known() {}
    globalThis.known = ready
    self.addEventListener('backgroundfetchsuccess', (event) => {
      event.waitUntil(ready)
      event.waitUntil(done)
      event.waitUntil(either)
      event.waitUntil(chosen)
      event.waitUntil(thenable)
      event.waitUntil(work)
      event.waitUntil(known)
      console.log(name)
    })`,
  'stores rows under records, and responses with a method of its own': `
    const store = { put: async (request, record) => { record.responseReady } }
    self.addEventListener('backgroundfetchsuccess', (event) => {
      event.waitUntil((async () => {
        for (const record of await event.registration.matchAll()) await store.put(record.request, record)
        const cache = await caches.open('x')
        for (let record of await event.registration.matchAll()) {
          record = await record.responseReady
          await cache.put(record.url, record)
        }
      })())
    })`,
  'makes responses of records before they are stored': `
    self.addEventListener('backgroundfetchsuccess', (event) => {
      event.waitUntil(caches.open('x').then(async (cache) => {
        const records = await event.registration.matchAll()
        const all = await Promise.all(records.map((record) => record.responseReady))
        return Promise.all(all.map((record) => cache.put(record.url, record)))
      }))
    })`,
  'deletes the caches of older versions': `
    const VERSION = 'v2'
    self.addEventListener('activate', (event) => {
      event.waitUntil((async () => {
        for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name)
      })())
    })
    self.addEventListener('backgroundfetchsuccess', (event) => {
      event.waitUntil(caches.open(VERSION).then((cache) => cache.add('/')))
    })`,
  'deletes the caches of older versions, with a filter': `
    self.addEventListener('activate', (event) => {
      event.waitUntil(caches.keys().then((names) =>
        Promise.all(names.filter((name) => !name.startsWith('downloads')).map((name) => caches.delete(name)))))
    })
    self.addEventListener('backgroundfetchsuccess', (event) => {
      event.waitUntil(caches.open('downloads-1').then(() => {}))
    })`,
  'deletes the caches that a function of its own chooses': `
    const stale = (names) => names.filter((name) => name !== 'downloads')
    self.addEventListener('activate', (event) => {
      event.waitUntil((async () => {
        for (const name of stale(await caches.keys())) await caches.delete(name)
        const names = await caches.keys()
        await Promise.all(stale(names).map((name) => caches.delete(name)))
      })())
    })
    self.addEventListener('backgroundfetchsuccess', (event) => { event.waitUntil(caches.open('downloads')) })`,
  'asks a function of its own about each cache': `
    const mayGo = async (name) => { if (name === 'downloads') throw new Error('no') }
    self.addEventListener('activate', (event) => {
      event.waitUntil(caches.keys().then((names) => Promise.allSettled(names.map(async (name) => {
        await mayGo(name)
        await caches.delete(name)
      }))))
    })
    self.addEventListener('backgroundfetchsuccess', (event) => { event.waitUntil(caches.open('downloads')) })`,
  'replaces the records of a list by their responses': `
    self.addEventListener('backgroundfetchsuccess', (event) => {
      event.waitUntil((async () => {
        const cache = await caches.open('x')
        const all = await event.registration.matchAll()
        for (const i of all.keys()) all[i] = await all[i].responseReady
        await Promise.all(all.map((one) => cache.put(one.url, one)))
      })())
    })`,
  'gives events a waitUntil() for functions': `
    const waitUntil = (task) => task()
    const extended = (event) => Object.assign(event, { waitUntil })
    self.addEventListener('backgroundfetchfail', (event) => {
      extended(event)
      event.waitUntil(async () => {})
    })`,
  'has a property of its own that is named like a listener': `
    self.onbackgroundfetchstored = null
    self.addEventListener('backgroundfetchsuccess', (event) => { self.onbackgroundfetchstored?.(event) })`,
  'deletes all caches where it stores none': `
    self.addEventListener('activate', (event) => {
      event.waitUntil(caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))))
    })
    self.addEventListener('backgroundfetchsuccess', (event) => { event.waitUntil(toFile(event)) })
    const toFile = async () => { await navigator.storage.getDirectory() }`,
  'removes itself with all its caches': `
    self.addEventListener('activate', (event) => {
      event.waitUntil((async () => {
        for (const name of await caches.keys()) await caches.delete(name)
        await self.registration.unregister()
      })())
    })
    self.addEventListener('backgroundfetchsuccess', (event) => { event.waitUntil(caches.open('x')) })`,
  'has events of its own': `
    const bus = new EventTarget()
    bus.addEventListener('backgroundfetchdone', () => {})
    self.addEventListener('backgroundfetchstored', () => {})
    self.addEventListener('backgroundfetchsuccess', (event) => {
      event.waitUntil(Promise.resolve())
      self.dispatchEvent(new Event('backgroundfetchstored'))
    })`,
  'mentions all mistakes in strings and comments': `
    // self.addEventListener('backgroundfetchabort', (event) => event.updateUI({}))
    /* self.addEventListener('backgroundfetched', () => {}) */
    const help = "self.addEventListener('backgroundfetchclick', (event) => event.waitUntil(async () => {}))"
    const more = \`self.addEventListener('backgroundfetchabort', (e) => { e.registration.complete() \${help} })\`
    self.addEventListener('backgroundfetchabort', () => console.log(more))`,
  'gives the interface what it lacks': `
    BackgroundFetchEvent.prototype.updateUI ??= async () => {}
    self.addEventListener('backgroundfetchabort', (event) => { event.updateUI({}) })`,
  'names another variable like the registration': `
    const ui = { updateUI() {}, complete() {} }
    self.addEventListener('backgroundfetchclick', ({ registration }) => {
      const open = ({ registration }) => registration.show()
      open({ registration: { show: () => ui.updateUI(registration.id) } })
    })`,
}
