const inSuccess = (body: string) => `
    self.addEventListener('backgroundfetchsuccess', (event) => {
      event.waitUntil(new Promise((resolve) => { ${body} }))
    })`

const bodies: Readonly<Record<string, string>> = {
  'opens a database that the page creates': `
    const request = indexedDB.open('movies')
    request.onsuccess = () => {
      const db = request.result
      db.transaction('movies', 'readwrite').objectStore('movies').put(1, event.registration.id).onsuccess = resolve
    }`,
  'creates its store in the upgrade': `
    const request = indexedDB.open('movies', 1)
    request.onupgradeneeded = () => { request.result.createObjectStore('movies') }
    request.onsuccess = () => { const db = request.result; resolve(db) }`,
  'creates its store in the upgrade, with the event': `
    const request = indexedDB.open('movies', 1)
    request.addEventListener('upgradeneeded', (event) => {
      const db = event.target.result
      db.createObjectStore('movies')
    })
    request.addEventListener('success', (event) => resolve(event.target.result))`,
  'opens the database again with a higher version': `
    const request = indexedDB.open('movies')
    request.onsuccess = (event) => {
      const db = event.target.result
      db.close()
      const again = indexedDB.open('movies', db.version + 1)
      again.onupgradeneeded = (event) => { event.target.result.createObjectStore('movies') }
      again.onsuccess = resolve
    }`,
  'creates the store with a function': `
    indexedDB.open('movies').onsuccess = (event) => {
      const db = event.target.result
      const create = (db) => { db.createObjectStore('movies'); db.createObjectStore('series') }
      const again = indexedDB.open('movies', db.version + 1)
      again.onupgradeneeded = () => create(again.result)
      again.onblocked = () => create(again.result)
      db.close()
      again.onsuccess = resolve
    }`,
  'opens it again with the same listener': `
    indexedDB.open('movies').onsuccess = function handle(event) {
      const db = event.target.result
      if (db.objectStoreNames.length > 0) return resolve()
      if (db.version > 1) db.createObjectStore('movies')
      db.close()
      indexedDB.open('movies', 2).onupgradeneeded = handle
    }`,
  'opens it again with the same listener, which asks what it is for': `
    const request = indexedDB.open('movies')
    request.onsuccess = function (event) {
      if (event.type === 'upgradeneeded') return request.result.createObjectStore('movies')
      indexedDB.open('movies', 2).onupgradeneeded = (event) => this.onsuccess(event)
    }`,
  'opens it again with what is its listener': `
    indexedDB.open('movies').onsuccess = function (event) {
      const db = event.target.result
      if (db.objectStoreNames.length > 0) return resolve()
      if (db.version > 1) db.createObjectStore('movies')
      db.close()
      indexedDB.open('movies', 2).onupgradeneeded = this.onsuccess
    }`,
  'opens it again under the same names': `
    const request = indexedDB.open('movies')
    request.onsuccess = (event) => {
      const db = event.target.result
      const next = db.version + 1
      db.close()
      const open = () => {
        const request = indexedDB.open('movies', next)
        request.onupgradeneeded = (event) => {
          const db = event.target.result
          db.createObjectStore('movies')
          request.result.createObjectStore('more')
        }
        request.onsuccess = resolve
      }
      open()
    }`,
  'has one listener for the upgrade and the success': `
    const request = indexedDB.open('movies', 1)
    request.onupgradeneeded = request.onsuccess = (event) => {
      const db = event.target.result
      if (db.objectStoreNames.length === 0) db.createObjectStore('movies')
      resolve()
    }`,
  'gives the upgrade the listener of the success': `
    const request = indexedDB.open('movies', 1)
    request.onsuccess = (event) => {
      const db = event.target.result
      if (db.objectStoreNames.length === 0) db.createObjectStore('movies')
      resolve()
    }
    request.onupgradeneeded = request.onsuccess`,
  'asks which event it is': `
    const request = indexedDB.open('movies', 1)
    const handle = function (event) {
      if (event.type === 'upgradeneeded') event.target.result.createObjectStore('movies')
      else resolve()
    }
    request.onupgradeneeded = handle
    request.onsuccess = handle`,
  'tries to create the store': `
    const request = indexedDB.open('movies', 1)
    request.onsuccess = () => {
      try { request.result.createObjectStore('movies') } catch { resolve() }
    }`,
  'has the connection from elsewhere': `
    const request = indexedDB.open('movies', 1)
    request.onsuccess = () => { database.createObjectStore('movies'); resolve() }
    const database = globalThis.memory.open('movies')`,
  'has a database of its own': `
    const open = ({ indexedDB }) => {
      const request = indexedDB.open('movies', 1)
      request.onsuccess = () => { request.result.createObjectStore('movies') }
    }
    open({ indexedDB: memory })
    resolve()`,
}

/** Workers that are right with IndexedDB. For tests. */
export const correctStores: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(bodies).map(([name, body]) => [name, inSuccess(body)]),
)
