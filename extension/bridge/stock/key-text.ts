/** How much of a value is read: enough to tell a change, little enough not to slow the page down. */
const MAX_NODES = 5000
/** How much of it is said: enough to find an id in it. */
const MAX_TEXT = 2000
const MAX_STRING = 300

/** An IndexedDB key in words; the same key always gives the same text. */
export function keyText(key: IDBValidKey): string {
  if (typeof key === 'string') return key.slice(0, 1000)
  if (typeof key === 'number') return String(key)
  if (key instanceof Date) return key.toISOString()
  if (Array.isArray(key)) return `[${key.map(keyText).join(', ')}]`.slice(0, 1000)
  const view = ArrayBuffer.isView(key)
    ? new Uint8Array(key.buffer, key.byteOffset, key.byteLength)
    : new Uint8Array(key)
  return `binary ${[...view.slice(0, 32)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** A short stand-in for a long text (FNV-1a). */
function hashed(text: string, seed = 0x811c9dc5): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

function binaryText(value: ArrayBuffer | ArrayBufferView): string {
  const bytes = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value)
  const ends = [...bytes.subarray(0, 512), ...bytes.subarray(-512)]
  return `${bytes.byteLength} bytes ${hashed(String.fromCharCode(...ends)).toString(36)}`
}

/**
 * A value in words, up to a bound: what it says, not how it is built. What stands near its surface comes
 * first, as states do; what does not fit is still counted in, so that another value gives another text.
 */
export function valueText(value: unknown): string {
  const parts: string[] = []
  let length = 0
  let rest = 0
  const say = (text: string) => {
    if (length < MAX_TEXT) parts.push(text.slice(0, MAX_STRING))
    if (length >= MAX_TEXT || text.length > MAX_STRING) rest = hashed(text, rest || undefined)
    length += Math.min(text.length, MAX_STRING) + 1
  }
  const queue: unknown[] = [value]
  const add = (inner: unknown) => {
    if (queue.length < MAX_NODES) queue.push(inner)
  }
  for (let at = 0; at < queue.length; at++) {
    const one = queue[at]
    if (typeof one === 'string') say(one)
    else if (one instanceof Blob) say(`Blob ${one.size} ${one.type}`)
    else if (one instanceof Date) say(String(one.getTime()))
    else if (one instanceof ArrayBuffer || ArrayBuffer.isView(one)) say(binaryText(one))
    else if (one instanceof Map) for (const entry of one) add(entry)
    else if (one instanceof Set) for (const inner of one) add(inner)
    else if (Array.isArray(one)) for (let i = 0; i < Math.min(one.length, MAX_NODES); i++) add(one[i])
    else if (typeof one === 'object' && one !== null) {
      for (const [name, inner] of Object.entries(one)) {
        say(name)
        add(inner)
      }
    } else say(String(one))
  }
  const mark = rest ? ` …${rest.toString(36)}` : ''
  return parts.join(' ').slice(0, MAX_TEXT - mark.length) + mark
}
