/** How much of a value is read: enough to find an id in it, little enough not to slow the page down. */
const MAX_NODES = 500
const MAX_TEXT = 2000

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

/** A value in words, up to a bound: what it says, not how it is built. */
export function valueText(value: unknown): string {
  const parts: string[] = []
  let nodes = 0
  const walk = (one: unknown) => {
    if (++nodes > MAX_NODES) return
    if (typeof one === 'string') parts.push(one.slice(0, 300))
    else if (one instanceof Blob) parts.push(`Blob ${one.size} ${one.type}`)
    else if (one instanceof Date) parts.push(String(one.getTime()))
    else if (one instanceof ArrayBuffer || ArrayBuffer.isView(one)) parts.push(`${one.byteLength} bytes`)
    else if (one instanceof Map) for (const [name, inner] of one) walk([name, inner])
    else if (one instanceof Set) for (const inner of one) walk(inner)
    else if (Array.isArray(one)) for (const inner of one.slice(0, MAX_NODES)) walk(inner)
    else if (typeof one === 'object' && one !== null) {
      for (const [name, inner] of Object.entries(one)) {
        parts.push(name)
        walk(inner)
      }
    } else parts.push(String(one))
  }
  walk(value)
  return parts.join(' ').slice(0, MAX_TEXT)
}
