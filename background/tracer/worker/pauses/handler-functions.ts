import * as v from 'valibot'
import type { BackgroundFetchEventName } from '../../../../protocol/event-names'
import { propertiesOf } from '../../native-function'
import { askBrowser, Evaluated, type RemoteObject, type Send } from '../../remote'
import type { ScriptPosition } from './positions'

/** So many listeners of an event are looked at. */
const MAX_LISTENERS = 20
/** So many Proxies, bound functions and prototypes are looked through. */
const MAX_DEPTH = 10

const FunctionLocation = v.object({
  scriptId: v.string(),
  lineNumber: v.number(),
  columnNumber: v.optional(v.number(), 0),
})

/** What stands for another function: the browser names it and runs no trap. */
const TARGETS = new Set(['[[TargetFunction]]', '[[Target]]'])

/** What a function calls its first parameter, by its text: alone, and without a default. */
const PARAMETER = /^(?:[^({=]*\(\s*([A-Za-z_$][\w$]{0,60})\s*[,)]|(?:async\s+)?([A-Za-z_$][\w$]{0,60})\s*=>)/

/** The function that an object listens with; undefined where only the script's own getter could tell. */
async function handleEvent(send: Send, listener: RemoteObject): Promise<RemoteObject | undefined> {
  let one: RemoteObject | undefined = listener
  for (let i = 0; one?.objectId && one.subtype !== 'proxy' && i < MAX_DEPTH; i++) {
    const { result, internalProperties } = await propertiesOf(send, one.objectId)
    const own = result.find(({ name }) => name === 'handleEvent')
    if (own) return own.value
    one = internalProperties.find(({ name }) => name === '[[Prototype]]')?.value
  }
  return undefined
}

async function positionOf(send: Send, listener: RemoteObject | undefined): Promise<ScriptPosition | null> {
  const isObject = listener?.type === 'object' && listener.subtype !== 'proxy'
  let one: RemoteObject | undefined = isObject ? await handleEvent(send, listener) : listener
  for (let i = 0; one?.objectId && i < MAX_DEPTH; i++) {
    const { internalProperties } = await propertiesOf(send, one.objectId)
    const found = internalProperties.find(({ name }) => name === '[[FunctionLocation]]')
    const parsed = v.safeParse(FunctionLocation, found?.value?.value)
    if (parsed.success) {
      const [, first, only] = PARAMETER.exec(one.description?.slice(0, 300) ?? '') ?? []
      const parameter = first ?? only
      return parameter === undefined ? parsed.output : { ...parsed.output, parameter }
    }
    one = internalProperties.find(({ name }) => TARGETS.has(name))?.value
  }
  return null
}

/** Where the listeners of an event are, as the probe has them; null for one that is not in a script. Runs nothing of the script. */
export async function listenerPositions(
  send: Send,
  probe: string,
  name: BackgroundFetchEventName,
): Promise<readonly (ScriptPosition | null)[]> {
  const { result } = await askBrowser(send, Evaluated, 'Runtime.callFunctionOn', {
    objectId: probe,
    functionDeclaration: 'function (name) { return this.listenersOf(name) }',
    arguments: [{ value: name }],
  })
  if (!result.objectId) return []
  const listed = (await propertiesOf(send, result.objectId)).result.filter((one) => /^\d+$/.test(one.name))
  return Promise.all(listed.slice(0, MAX_LISTENERS).map(({ value }) => positionOf(send, value)))
}
