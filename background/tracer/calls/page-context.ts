import * as v from 'valibot'

const Found = v.object({
  result: v.object({
    type: v.string(),
    objectId: v.optional(v.string()),
    description: v.optional(v.string()),
  }),
})

/** The context in which a document's scripts run. */
export interface PageContext {
  /** The number that the debugger has given to it. */
  readonly id: number
  /** Rejects when the context has gone. */
  evaluate(expression: string, more?: object): Promise<unknown>
  /** What an expression without side effects gives: no getter of the page is run for it. Rejects when the context has gone. */
  look(expression: string): Promise<v.InferOutput<typeof Found>['result']>
}

/**
 * @param send to the tab's own session
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-evaluate
 */
export function pageContext(
  send: (method: string, params?: object) => Promise<unknown>,
  id: number,
): PageContext {
  const evaluate = (expression: string, more: object = {}) =>
    send('Runtime.evaluate', { expression, contextId: id, silent: true, ...more })
  return {
    id,
    evaluate,
    look: async (expression) =>
      v.parse(Found, await evaluate(expression, { throwOnSideEffect: true })).result,
  }
}
