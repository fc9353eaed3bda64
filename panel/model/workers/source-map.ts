import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import * as v from 'valibot'
import type { Location } from '../../../protocol/worker-fields'

/** https://tc39.es/ecma426/#sec-source-map-format; maps that are made of sections are not read. */
const SourceMap = v.object({
  version: v.literal(3),
  sources: v.pipe(v.array(v.nullable(v.string())), v.maxLength(100_000)),
  names: v.optional(v.pipe(v.array(v.string()), v.maxLength(1_000_000)), []),
  mappings: v.string(),
  sourceRoot: v.optional(v.nullable(v.string())),
})

const COMMENT = /^\/\/[#@] ?sourceMappingURL=(\S+)[ \t]*$/

/**
 * The address of a script's source map as its last comment names it; null where there is none. Code after the comment
 * makes it none: it may be inside of a string then.
 */
export function sourceMapUrl(script: string): string | null {
  const end = script.trimEnd()
  const at = end.lastIndexOf('\n') + 1
  const [, url] = COMMENT.exec(end.slice(at)) ?? []
  return url ?? null
}

const DATA = /^data:application\/json(?:;[^,;]*)*?(;base64)?,/i

/** The text of a map that stands in its address; null where it does not, or can't be read. */
export function inlineSourceMap(url: string): string | null {
  const [head, base64] = DATA.exec(url) ?? []
  if (head === undefined) return null
  try {
    const data = url.slice(head.length)
    if (!base64) return decodeURIComponent(data)
    return new TextDecoder().decode(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)))
  } catch {
    return null
  }
}

/** Where a place of a script is in the files that it was made of. */
export type OriginalOf = (place: Location) => Location | null

/**
 * Reads a source map; null where it is none.
 *
 * @param url of the map, or of its script where it stands in that: sources are relative to it
 */
export function readSourceMap(text: string, url: string): OriginalOf | null {
  try {
    // Servers may put a line in front that keeps it from being run as a script.
    const json: unknown = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, ''))
    const { sourceRoot, ...map } = v.parse(SourceMap, json)
    const trace = new TraceMap({ ...map, ...(sourceRoot ? { sourceRoot } : {}) }, url)
    return ({ line, column }) => {
      if (line < 1 || column < 1) return null
      const found = originalPositionFor(trace, { line, column: column - 1 })
      if (found.source === null) return null
      return { url: found.source, line: found.line, column: found.column + 1 }
    }
  } catch {
    return null
  }
}
