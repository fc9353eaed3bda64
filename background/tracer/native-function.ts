import { TracerError } from './problem'
import { askBrowser, Properties, type RemoteObject, type Send } from './remote'

/** The text of a function of the browser. No function of a script has it, as the debugger reports it. */
export const textOf = (name: string) => `function ${name}() { [native code] }`
/**
 * Proxies that may stand one in another. Each probe adds one, and they can't be taken out of the middle: one for each tab
 * that traces the worker, or was closed while it did.
 */
const MAX_PROXIES = 64

/** The own properties of an object; runs nothing of a script. */
export const propertiesOf = (send: Send, objectId: string | undefined): Promise<Properties> =>
  askBrowser(send, Properties, 'Runtime.getProperties', { objectId, ownProperties: true })

/**
 * The browser's own function, also where it stands behind Proxies: the debugger looks through them and runs no trap. Rejects
 * where a script has put something else in its place.
 */
export async function nativeFunction(
  send: Send,
  found: RemoteObject | undefined,
  name: string,
): Promise<RemoteObject> {
  let one = found
  for (let i = 0; one?.subtype === 'proxy' && i < MAX_PROXIES; i++) {
    const { internalProperties } = await propertiesOf(send, one.objectId)
    one = internalProperties.find((property) => property.name === '[[Target]]')?.value
  }
  if (one?.subtype !== 'proxy' && one?.description === textOf(name)) return one
  throw new TracerError('replaced')
}

/**
 * Whether it is a function that `Runtime.addBinding` has made. Proxies, bound functions and what resolves a promise have the same
 * text; of these, it alone is no Proxy, is bound to nothing and has a `prototype`.
 */
export async function isBinding(send: Send, found: RemoteObject): Promise<boolean> {
  if (found.subtype === 'proxy' || found.description !== textOf('')) return false
  const { result, internalProperties } = await propertiesOf(send, found.objectId)
  const isBound = internalProperties.some(({ name }) => name === '[[TargetFunction]]')
  return !isBound && result.some(({ name }) => name === 'prototype')
}
