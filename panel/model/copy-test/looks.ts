import type { Check, CheckedKind } from './checks'

/** Opens a database, which is not created where it is not there. */
const IN_DATABASE = `
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})
const inDatabase = async (name, read) => {
  if (!(await indexedDB.databases()).some((one) => one.name === name)) return false
  const database = await done(indexedDB.open(name))
  return read(database).finally(() => database.close())
}`

/** A key of IndexedDB that is no string or number, as the bridge writes it. */
const KEY_TEXT = `
const text = (key) => {
  if (Array.isArray(key)) return '[' + key.map(text).join(', ') + ']'
  return key instanceof Date ? key.toISOString() : String(key)
}`

/** Whether there is a file or directory in the origin private file system. */
const IN_FILES = `
const inFiles = async (path, method) => {
  const parts = path.split('/')
  const last = parts.pop()
  try {
    let at = await navigator.storage.getDirectory()
    for (const part of parts) at = await at.getDirectoryHandle(part)
    await at[method](last)
    return true
  } catch (error) {
    if (error.name === 'NotFoundError' || error.name === 'TypeMismatchError') return false
    throw error
  }
}`

/** Finds out whether an item is there. */
const looks: Readonly<Record<CheckedKind, string>> = {
  'cache-entry': `
  'cache-entry': async ({ cache, url, method }) => {
    if (!(await caches.has(cache))) return false
    const requests = await (await caches.open(cache)).keys()
    return requests.some((one) => one.url === url && one.method === method)
  },`,
  row: `
  row: ({ database, store, key }) => inDatabase(database, async (opened) => {
    if (!opened.objectStoreNames.contains(store)) return false
    const keys = await done(opened.transaction(store).objectStore(store).getAllKeys())
    return keys.some((one) => text(one) === key)
  }),`,
  'object-store': `
  'object-store': ({ database, name }) => (
    inDatabase(database, async (opened) => opened.objectStoreNames.contains(name))
  ),`,
  file: `
  file: ({ path }) => inFiles(path, 'getFileHandle'),`,
  directory: `
  directory: ({ path }) => inFiles(path, 'getDirectoryHandle'),`,
  cache: `
  cache: ({ name }) => caches.has(name),`,
  database: `
  database: async ({ name }) => (await indexedDB.databases()).some((one) => one.name === name),`,
  'local-storage': `
  'local-storage': ({ key }) => localStorage.getItem(key) !== null,`,
  'session-storage': `
  'session-storage': ({ key }) => sessionStorage.getItem(key) !== null,`,
}

/** Another key is a string or a number, most often. */
const PLAIN_KEY = `
const text = (key) => Array.isArray(key) ? '' : String(key)`

/** A key that is an array, or a date. */
const NO_PLAIN_KEY = /^\[|^[+-]?\d{4,6}-\d\d-\d\dT/

/**
 * The body of a function for a page that gives those of the `items` that are there. It has what these items need, and changes
 * nothing.
 */
export function lookingFor(checks: readonly Check[]): string {
  const kinds = [...new Set(checks.map(({ kind }) => kind))]
  const has = (...some: readonly CheckedKind[]) => some.some((kind) => kinds.includes(kind))
  const isPlain = !checks.some(({ kind, names }) => kind === 'row' && NO_PLAIN_KEY.test(names.key ?? ''))
  const code = [
    has('row', 'object-store') ? IN_DATABASE : '',
    has('row') ? (isPlain ? PLAIN_KEY : KEY_TEXT) : '',
    has('file', 'directory') ? IN_FILES : '',
    '\nconst looks = {',
    ...kinds.map((kind) => looks[kind]),
    `
}
const found = []
for (const item of items) if (await looks[item.kind](item)) found.push(item)
return found`,
  ]
  return code.join('').trimStart()
}
