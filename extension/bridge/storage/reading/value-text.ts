import { addBytes, bytesOf, type Content, digestText, NO_BYTES } from './digest'

/** How much of a value is read: enough to find a change, little enough not to slow the page down. */
const MAX_NODES = 3000
/** How much of it is reported: enough to see what it is. */
const MAX_TEXT = 2000
const MAX_STRING = 300
/** Characters of a text that are read at once for the mark; a longer one is left to its digest, as are Blobs and buffers. */
const MAX_HASHED = 65_536
/** The same for all texts of a value. */
const MAX_HASHED_IN_ALL = 400_000
const MAX_BODIES = 20

const hex = (view: Uint8Array) => [...view].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** An IndexedDB key as text; the same key always gives the same text. */
export function keyText(key: IDBValidKey): string {
  if (typeof key === 'string') return key.slice(0, 1000)
  if (typeof key === 'number') return String(key)
  if (key instanceof Date) return key.toISOString()
  if (Array.isArray(key)) return `[${key.map(keyText).join(', ')}]`.slice(0, 1000)
  return `binary ${hex(bytesOf(key).slice(0, 32))}`
}

/** Stands for an IndexedDB key: unlike its text, it is another one for every other key. */
export function keyMark(key: IDBValidKey): string {
  if (typeof key === 'string') return `s${key.length > 1000 ? digestText(key) : ''}${key.slice(0, 1000)}`
  if (typeof key === 'number') return `n${key}`
  if (key instanceof Date) return `d${key.getTime()}`
  if (Array.isArray(key)) return JSON.stringify(key.map(keyMark))
  const bytes = bytesOf(key)
  return `b${bytes.byteLength} ${hex(bytes.slice(0, 32))} ${addBytes(NO_BYTES, bytes)}`
}

/** Its kind, and how much it holds. */
function shapeOf(value: unknown): string {
  if (typeof value !== 'object') return typeof value
  if (value === null) return 'null'
  // A longer one is not read to its end, and listing its keys would take long.
  if (Array.isArray(value)) {
    return `array ${value.length} ${value.length > MAX_NODES ? '' : Object.keys(value).length}`
  }
  if (value instanceof Map || value instanceof Set) {
    return `${value instanceof Map ? 'map' : 'set'} ${value.size}`
  }
  // The kind of a view says how its bytes are to be taken.
  if (ArrayBuffer.isView(value)) {
    return `${Object.prototype.toString.call(value)} ${value.byteOffset} ${value.buffer.byteLength}`
  }
  return isPlain(value) ? 'object' : Object.prototype.toString.call(value)
}

/** A copy of an object that a script wrote; anything else has a class of the platform. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || value instanceof String
}

/** A Blob or buffer in a value. */
export interface ValueBody {
  readonly size: number
  /** Of its bytes; null where they were not read. */
  readonly digest: number | null
}

/** What is known of a value. */
export interface ValueSummary {
  /** Its names and contents, what stands near its surface first, up to a bound; another value gives another text. */
  readonly text: string
  /** Another value gives another mark, as far as it was read. */
  readonly mark: number
  /** Bytes of the Blobs and buffers in it. */
  readonly size: number
  /** Those, the largest first. */
  readonly bodies: readonly ValueBody[]
  /** It was read to its end, but for contents whose digest is null. */
  readonly complete: boolean
}

/** A value of which everything was read but long texts, Blobs and buffers. */
export interface OpenSummary {
  /** What is still to be read, each piece by piece: see `digestOf()`. */
  readonly contents: readonly Content[]
  /** Characters, and bytes of buffers, that came with it; infinite where not all of it was read. */
  readonly weight: number
  /** @param digests of the contents, in their order */
  close(digests: readonly (number | null)[]): ValueSummary
}

const sizeOf = (content: Content): number | null =>
  typeof content === 'string' ? null : content instanceof Blob ? content.size : content.byteLength

/**
 * Reads a value up to a bound.
 *
 * @param heard is called with every text in it, uncut
 */
export function summarize(value: unknown, heard: (text: string) => void = () => {}): OpenSummary {
  const parts: string[] = []
  const contents: Content[] = []
  let length = 0
  let mark = digestText('')
  let hashed = 0
  let complete = true
  let cut = false
  const show = (text: string) => {
    if (length < MAX_TEXT) parts.push(text.slice(0, MAX_STRING))
    length += Math.min(text.length, MAX_STRING) + 1
    if (text.length > MAX_STRING) cut = true
  }
  /** Distinguishes values that have the same texts: what holds what is in the mark only. */
  const note = (of: string) => {
    mark = digestText(of, mark)
  }
  const add = (text: string) => {
    show(text)
    if (text.length > MAX_HASHED) {
      note(`long ${text.length}`)
      contents.push(text)
      return
    }
    hashed += text.length
    if (hashed < MAX_HASHED_IN_ALL) note(text)
    else complete = false
  }
  const text = (inner: string) => {
    heard(inner)
    add(inner)
  }
  const queue: unknown[] = [value]
  const later = (inner: unknown) => {
    if (queue.length < MAX_NODES) queue.push(inner)
    else complete = false
  }
  const body = (content: Uint8Array | Blob, words: string) => {
    contents.push(content)
    add(words)
  }
  const names = (object: object, own: (name: string) => boolean = () => true) => {
    for (const name in object) {
      if (!own(name)) continue
      if (queue.length >= MAX_NODES) {
        complete = false
        return
      }
      note('name')
      text(name)
      later((object as Readonly<Record<string, unknown>>)[name])
    }
  }
  for (let at = 0; at < queue.length; at++) {
    const one = queue[at]
    note(shapeOf(one))
    if (typeof one === 'string') text(one)
    else if (one instanceof Blob) {
      body(one, `Blob ${one.size} ${one.type}`)
      if (one instanceof File) {
        text(one.name)
        add(String(one.lastModified))
      }
    } else if (one instanceof Date) add(String(one.getTime()))
    else if (one instanceof ArrayBuffer || ArrayBuffer.isView(one)) {
      const bytes = bytesOf(one)
      body(bytes, `${bytes.byteLength} bytes`)
      // What the view does not show is stored with it.
      if (ArrayBuffer.isView(one) && one.buffer.byteLength > bytes.byteLength) complete = false
    } else if (one instanceof Map || one instanceof Set) {
      for (const inner of one) {
        if (!complete) break
        later(inner)
      }
    } else if (Array.isArray(one)) {
      for (let i = 0; i < one.length && complete; i++) later(one[i])
      // A copy of an array has its other properties too.
      if (complete && Object.keys(one).length !== one.length) names(one, (name) => !/^\d+$/.test(name))
    } else if (one instanceof RegExp || one instanceof Number || one instanceof Boolean) text(String(one))
    else if (one instanceof Error) {
      text(`${one.name}: ${one.message}`)
      add(one.stack ?? '')
      if (one.cause !== undefined) later(one.cause)
    } else if (typeof one === 'object' && one !== null) {
      names(one)
      // A platform object (a key, an image, a file handle): what is in it can't be read here.
      if (!isPlain(one)) complete = false
    } else add(Object.is(one, -0) ? '-0' : String(one))
  }
  const inMemory = contents.map((one) => (one instanceof Blob ? 0 : one.length))
  return {
    contents,
    weight: complete ? inMemory.reduce((sum, one) => sum + one, hashed) : Number.POSITIVE_INFINITY,
    close(digests) {
      const all = digests.reduce<number>((sum, one) => digestText(String(one), sum), mark)
      const bodies = contents.flatMap((content, i): ValueBody[] => {
        const size = sizeOf(content)
        return size === null ? [] : [{ size, digest: digests[i] ?? null }]
      })
      const rest = cut || length > MAX_TEXT || digests.length > 0 ? ` …${all.toString(36)}` : ''
      return {
        text: parts.join(' ').slice(0, MAX_TEXT - rest.length) + rest,
        mark: all,
        size: bodies.reduce((sum, { size }) => sum + size, 0),
        bodies: bodies.sort((a, b) => b.size - a.size).slice(0, MAX_BODIES),
        complete,
      }
    },
  }
}
