import { lookInto, lookUp } from '../look-up'
import type { Properties, RemoteObject, Send } from '../remote'

/** The context in which a document's scripts run. */
export interface PageContext {
  /** The number that the debugger has given to it. */
  readonly id: number
  /** Rejects when the context has gone. */
  evaluate(expression: string, more?: object): Promise<unknown>
  /** What an expression without side effects gives. Rejects when the context has gone. */
  look(expression: string): Promise<RemoteObject>
  /** The own properties of what a variable of the page holds, or of its prototype. Rejects when the context has gone. */
  lookInto(variable: string, part?: 'prototype'): Promise<Properties['result']>
}

/** @param send to the tab's own session */
export const pageContext = (send: Send, id: number): PageContext => ({
  id,
  evaluate: (expression, more = {}) =>
    send('Runtime.evaluate', { expression, contextId: id, silent: true, ...more }),
  look: (expression) => lookUp(send, expression, { contextId: id }),
  lookInto: (variable, part) => lookInto(send, variable, part, { contextId: id }),
})
