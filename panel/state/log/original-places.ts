import { signal } from '@preact/signals'
import { MAX_PAGE_TEXT } from '../../../protocol/seen-requests'
import type { Location } from '../../../protocol/worker-fields'
import { inlineSourceMap, type OriginalOf, readSourceMap, sourceMapUrl } from '../../model/workers/source-map'
import { askPage } from '../session/ask-page'

/** How many scripts' maps are held. */
const MAX_MAPS = 20
/** How many places are remembered. */
const MAX_PLACES = 2000

type Resources = readonly chrome.devtools.inspectedWindow.Resource[]

const maps = new Map<string, Promise<OriginalOf | null>>()
const places = signal<ReadonlyMap<string, Location | null>>(new Map())

const keyOf = ({ url, line, column }: Location) => `${url}:${line}:${column}`

const resources = () =>
  new Promise<Resources>((resolve) => chrome.devtools.inspectedWindow.getResources(resolve))

/** The text of a script as DevTools has it: no request is made. */
async function scriptText(url: string): Promise<string | null> {
  const resource = (await resources()).find((one) => one.url === url)
  if (!resource) return null
  const text = await new Promise<string | null>((resolve) =>
    resource.getContent((content, encoding) => resolve(encoding ? null : content)),
  )
  return text && text.length <= MAX_PAGE_TEXT ? text : null
}

/** The map of a script: inline, or a file of its own origin, which a page of that origin reads. */
async function load(script: string): Promise<OriginalOf | null> {
  const text = await scriptText(script)
  const named = text && sourceMapUrl(text)
  if (!named) return null
  const inline = inlineSourceMap(named)
  if (inline !== null) return readSourceMap(inline, script)
  const { origin } = new URL(script)
  const url = URL.canParse(named, script) ? new URL(named, script) : null
  if (url?.origin !== origin) return null
  const answer = await askPage(origin, { kind: 'text', url: url.href })
  return answer.ok && answer.text !== undefined ? readSourceMap(answer.text, url.href) : null
}

function mapOf(script: string): Promise<OriginalOf | null> {
  const known = maps.get(script)
  if (known) return known
  const loaded = load(script).catch(() => null)
  maps.set(script, loaded)
  const [oldest] = maps.keys()
  if (maps.size > MAX_MAPS && oldest !== undefined) maps.delete(oldest)
  return loaded
}

/** What is known of where a place comes from; undefined while nobody has asked. */
export const originalPlace = (location: Location): Location | null | undefined =>
  places.value.get(keyOf(location))

/** Finds out where a place of a script comes from; null where there is no map, or none for it. */
export async function findOriginal(location: Location): Promise<Location | null> {
  const key = keyOf(location)
  const known = places.peek().get(key)
  if (known !== undefined) return known
  const found = (await mapOf(location.url))?.(location) ?? null
  const all = [...places.peek()].slice(-MAX_PLACES)
  places.value = new Map([...all, [key, found]])
  return found
}

/** Opens a script in DevTools' Sources panel, as the browser runs it. DevTools counts lines and columns from 0. */
export const openScript = ({ url, line, column }: Pick<Location, 'url' | 'line' | 'column'>): void =>
  chrome.devtools.panels.openResource(url, line - 1, column - 1, () => {})

/** Opens a place of a script in DevTools' Sources panel: of the file that it comes from where that is known to DevTools. */
export async function showInSources(location: Location): Promise<void> {
  const original = await findOriginal(location)
  const known = original && (await resources()).some(({ url }) => url === original.url)
  openScript(known ? original : location)
}

/** What is known of places is forgotten where there may be another script: in a new document, or after an update. */
export function followScripts(): void {
  chrome.devtools.network.onNavigated.addListener(() => {
    maps.clear()
    places.value = new Map()
  })
  chrome.devtools.inspectedWindow.onResourceAdded.addListener(({ url }) => {
    if (!maps.delete(url)) return
    places.value = new Map([...places.peek()].filter(([key]) => !key.startsWith(`${url}:`)))
  })
}
