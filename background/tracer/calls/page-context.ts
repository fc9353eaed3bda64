import { lookUp, lookUpGetters } from '../look-up'
import type { RemoteObject, Send } from '../remote'

/** The context in which a document's scripts run. */
export interface PageContext {
  /** The number that the debugger has given to it. */
  readonly id: number
  /** Rejects when the context has gone. */
  evaluate(expression: string, more?: object): Promise<unknown>
  /** What an expression without side effects gives. Rejects when the context has gone. */
  look(expression: string): Promise<RemoteObject>
  /** The own getters of what an expression names, by the names of the properties. Rejects when the context has gone. */
  lookUpGetters(expression: string): Promise<ReadonlyMap<string, RemoteObject>>
}

/** @param send to the tab's own session */
export const pageContext = (send: Send, id: number): PageContext => ({
  id,
  evaluate: (expression, more = {}) =>
    send('Runtime.evaluate', { expression, contextId: id, silent: true, ...more }),
  look: (expression) => lookUp(send, expression, { contextId: id }),
  lookUpGetters: (expression) => lookUpGetters(send, expression, { contextId: id }),
})
