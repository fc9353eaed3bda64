import { type CallOptions, MAX_ICONS } from '../../../protocol/page-script-events'
import { askBrowser, Evaluated, type RemoteObject, type Send, short } from '../remote'

export type GivenOptions = Pick<CallOptions, 'title' | 'icons'>

/** An object of the page, in one of the variable's own whose only property it is. */
interface Held {
  readonly objectId: string
  /** How many elements of it are read; null where it is no array. */
  readonly length: number | null
}

/**
 * The object that this holds; null where it holds none, or a Proxy, whose traps would run. The preview is shortened, whatever the page
 * calls its object.
 */
function heldIn({ type, objectId, preview }: RemoteObject): Held | null {
  const [property] = preview?.properties ?? []
  if (type !== 'object' || !objectId || property?.type !== 'object' || property.subtype === 'proxy')
    return null
  if (property.subtype !== 'array') return { objectId, length: null }
  const [, length = MAX_ICONS] = /\((\d+)\)$/.exec(property.value ?? '') ?? []
  return { objectId, length: Math.min(Number(length), MAX_ICONS) }
}

const textIn = ({ type, value }: RemoteObject): string | null =>
  type === 'string' && typeof value === 'string' ? short(value) : null

/**
 * Reads the title and the icons in the options of a call, as far as they are data properties of objects that are neither Proxies nor
 * errors: nothing of the page runs. Whether an object is a Proxy is known only from the debugger, and so is asked before the page's
 * variable reads it; whether it is an error, whose stack the debugger would read, is known to the variable. How much is read is bounded where it is read.
 *
 * @param send to the tab's own session
 * @param context number of the document's context
 * @param name of the variable that keeps the options
 * @param number of the options, which are not kept any longer
 * @returns null where neither is known
 */
export async function readOptions(
  send: Send,
  context: number,
  name: string,
  number: number,
): Promise<GivenOptions | null> {
  const objectGroup = `${name} ${context} ${number}`
  const common = { objectGroup, generatePreview: true, silent: true }
  const resultOf = async (method: string, params: object) => {
    const { result, exceptionDetails } = await askBrowser(send, Evaluated, method, { ...params, ...common })
    return exceptionDetails ? { type: 'undefined' } : result
  }
  const own = ({ objectId }: Held, key: string) =>
    resultOf('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: `function (key) { return ${name}.own(this, key) }`,
      arguments: [{ value: key }],
    })

  const iconIn = async (icons: Held, i: number) => {
    const icon = heldIn(await own(icons, String(i)))
    if (!icon) return []
    const [src, sizes] = (await Promise.all([own(icon, 'src'), own(icon, 'sizes')])).map(textIn)
    return typeof src === 'string' ? [{ src, ...(typeof sizes === 'string' ? { sizes } : {}) }] : []
  }

  try {
    const expression = `${name}.take(${number})`
    const options = heldIn(await resultOf('Runtime.evaluate', { expression, contextId: context }))
    if (!options) return null
    const [title, list] = await Promise.all([own(options, 'title'), own(options, 'icons')])
    const held = heldIn(list)
    const reading = held?.length ? Array.from({ length: held.length }, (_, i) => iconIn(held, i)) : []
    const given = { title: textIn(title), icons: (await Promise.all(reading)).flat() }
    return given.title === null && given.icons.length === 0 ? null : given
  } finally {
    void send('Runtime.releaseObjectGroup', { objectGroup }).catch(() => {})
  }
}
