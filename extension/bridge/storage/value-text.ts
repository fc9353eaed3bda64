/** How much of a value is read: enough to find a change, little enough not to slow the page down. */
const MAX_NODES = 3000
/** How much of it is reported: enough to see what it is. */
const MAX_TEXT = 2000
const MAX_STRING = 300
/** How many characters of one text, or bytes of one buffer, are read for the digest. */
const MAX_HASHED = 65_536
/** The same for all of a value. */
const MAX_HASHED_IN_ALL = 400_000
const MAX_BODIES = 20

const hex = (view: Uint8Array) => [...view].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const bytesOf = (value: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value)

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
  if (typeof key === 'string') return `s${key.length > 1000 ? digest(key) : ''}${key.slice(0, 1000)}`
  if (typeof key === 'number') return `n${key}`
  if (key instanceof Date) return `d${key.getTime()}`
  if (Array.isArray(key)) return JSON.stringify(key.map(keyMark))
  const bytes = bytesOf(key)
  return `b${bytes.byteLength} ${hex(bytes.slice(0, 32))} ${digest(bytes)}`
}

/** A number that stands for a text or for bytes (FNV-1a), of which the middle is sampled when they are long. */
export function digest(content: string | Uint8Array, seed = 0x811c9dc5): number {
  const { length } = content
  let hash = Math.imul(seed ^ length, 0x01000193)
  const step = Math.max(1, Math.floor(length / MAX_HASHED))
  const add = (i: number) => {
    const unit = typeof content === 'string' ? content.charCodeAt(i) : (content[i] ?? 0)
    hash = Math.imul(hash ^ unit, 0x01000193)
  }
  for (let i = 0; i < length; i += step) add(i)
  if (step > 1) for (let i = Math.max(0, length - 512); i < length; i++) add(i)
  return hash >>> 0
}

/** Its kind, and how much it holds. */
function shapeOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value
  if (Array.isArray(value)) return `array ${value.length}`
  if (value instanceof Map || value instanceof Set)
    return `${value instanceof Map ? 'map' : 'set'} ${value.size}`
  return 'object'
}

/** A copy of an object that a script wrote; anything else has a class of the platform. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || value instanceof String
}

/** What is known of a value. */
export interface ValueSummary {
  /** Its names and contents, what stands near its surface first, up to a bound. */
  readonly text: string
  /** Another value gives another mark, as far as it was read. */
  readonly mark: number
  /** Bytes of the Blobs and buffers in it. */
  readonly size: number
  /** Their sizes, the largest first. */
  readonly bodies: readonly number[]
  /** It was read to its end. */
  readonly complete: boolean
}

/**
 * Reads a value up to a bound.
 *
 * @param heard is called with every text in it, uncut
 */
export function summarize(value: unknown, heard: (text: string) => void = () => {}): ValueSummary {
  const parts: string[] = []
  const bodies: number[] = []
  let length = 0
  let mark = 0x811c9dc5
  let hashed = 0
  let complete = true
  let cut = false
  const add = (text: string) => {
    if (length < MAX_TEXT) parts.push(text.slice(0, MAX_STRING))
    length += Math.min(text.length, MAX_STRING) + 1
    if (text.length > MAX_STRING) cut = true
    hashed += Math.min(text.length, MAX_HASHED)
    if (hashed < MAX_HASHED_IN_ALL) mark = digest(text, mark)
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
  const body = (size: number, words: string) => {
    bodies.push(size)
    add(words)
  }
  const names = (object: object) => {
    for (const name in object) {
      if (queue.length >= MAX_NODES) {
        complete = false
        return
      }
      text(name)
      later((object as Readonly<Record<string, unknown>>)[name])
    }
  }
  /** Tells values apart that have the same texts: what holds what is in the mark only. */
  const shape = (of: string) => {
    mark = digest(of, mark)
  }
  for (let at = 0; at < queue.length; at++) {
    const one = queue[at]
    shape(shapeOf(one))
    if (typeof one === 'string') text(one)
    else if (one instanceof Blob) body(one.size, `Blob ${one.size} ${one.type}`)
    else if (one instanceof Date) add(String(one.getTime()))
    else if (one instanceof ArrayBuffer || ArrayBuffer.isView(one)) {
      const bytes = bytesOf(one)
      body(bytes.byteLength, `${bytes.byteLength} bytes ${digest(bytes).toString(36)}`)
    } else if (one instanceof Map || one instanceof Set) {
      for (const inner of one) {
        if (!complete) break
        later(inner)
      }
    } else if (Array.isArray(one)) {
      for (let i = 0; i < one.length && complete; i++) later(one[i])
    } else if (one instanceof RegExp || one instanceof Number || one instanceof Boolean) text(String(one))
    else if (one instanceof Error) text(`${one.name}: ${one.message}`)
    else if (typeof one === 'object' && one !== null) {
      names(one)
      // A platform object (a key, an image, a file handle): what is in it can't be read here.
      if (!isPlain(one)) complete = false
    } else add(String(one))
  }
  const rest = cut || length > MAX_TEXT ? ` …${mark.toString(36)}` : ''
  return {
    text: parts.join(' ').slice(0, MAX_TEXT - rest.length) + rest,
    mark,
    size: bodies.reduce((sum, size) => sum + size, 0),
    bodies: bodies.sort((a, b) => b - a).slice(0, MAX_BODIES),
    complete,
  }
}
