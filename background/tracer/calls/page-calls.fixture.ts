import { vi } from 'vitest'
import { createPageCalls } from './page-calls'

export interface Sent {
  readonly method: string
  readonly params: { readonly [name: string]: unknown }
}

export const BREAK = 'Debugger.setBreakpointOnFunctionCall'
const PROMISE = 'function Promise() { [native code] }'
export const WAITS = /\.(onlyNext|next)$/
/** Asks which document the tab shows. */
export const SHOWN = /^typeof (\w+) === 'object' \? \1\.state : ''$/

/** A tab with documents whose calls are watched; `answer` gives what differs from a usual page. */
export function watched(answer: (one: Sent) => unknown = () => undefined) {
  const sent: Sent[] = []
  const emit = vi.fn()
  const emitOptions = vi.fn()
  /** What the documents were waited for with, by their contexts, in order. */
  const waiting = new Map<unknown, ((batch: string) => void)[]>()
  /** How many calls each document has met. */
  const counts = new Map<unknown, number>()
  const calls = createPageCalls(
    async (method, params = {}) => {
      const one = { method, params: params as Sent['params'] }
      sent.push(one)
      const given = answer(one)
      if (given !== undefined) return given
      if (method === BREAK) return { breakpointId: String('objectId' in params && params.objectId) }
      const expression = String(one.params.expression)
      const { contextId } = one.params
      if (/^\(async/.test(expression)) return { result: { type: 'function', description: PROMISE } }
      if (WAITS.test(expression)) {
        if (expression.endsWith('.onlyNext')) waiting.delete(contextId)
        return new Promise((resolve) => {
          const before = waiting.get(contextId) ?? []
          waiting.set(contextId, [...before, (value) => resolve({ result: { type: 'string', value } })])
        })
      }
      if (SHOWN.test(expression)) return { result: { type: 'string', value: `1 ${counts.get(1) ?? 0}` } }
      if (/^location\.origin/.test(expression))
        return { result: { type: 'string', value: 'https://pod.example' } }
      if (/^typeof \w+$/.test(expression)) return { result: { type: 'string', value: 'object' } }
      if (/\.ran$/.test(expression)) return { result: { type: 'boolean', value: false } }
      const [found, name] = /\w+\.prototype\.(\w+)$/.exec(expression) ?? []
      if (name)
        return {
          result: {
            type: 'function',
            objectId: found,
            description: `function ${name}() { [native code] }`,
          },
        }
      return { result: { type: 'undefined' } }
    },
    emit,
    emitOptions,
  )
  calls.begin()
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  const parse = async (executionContextId: number, isDefault = true) => {
    calls.event('Debugger.scriptParsed', { executionContextId, executionContextAuxData: { isDefault } })
    await settle()
  }
  /** The document sends this, as it stands. */
  const sends = async (batch: string, context = 1) => {
    waiting.get(context)?.shift()?.(batch)
    await settle()
  }
  /** The document has met these calls. */
  const meets = (messages: readonly string[], context = 1) => {
    const count = (counts.get(context) ?? 0) + messages.length
    counts.set(context, count)
    return sends(`${count} ${messages.map((message) => `${message.length} ${message}`).join('')}`, context)
  }
  return {
    calls,
    sent,
    emit,
    emitOptions,
    parse,
    sends,
    meets,
    counts,
    of: (method: string) => sent.filter((one) => one.method === method),
  }
}

export const CALLER = { securityOrigin: 'https://pod.example' }
export const NATIVE = 'function abort() { [native code] }'

/** A page of one frame, whose `abort()` is this. */
export const page =
  (description = NATIVE, frameTree: object = { frame: CALLER }) =>
  ({ method, params }: Sent) => {
    if (method === 'Page.getFrameTree') return { frameTree }
    if (/prototype\.abort/.test(String(params.expression)))
      return { result: { type: 'function', objectId: 'abort', description } }
  }
