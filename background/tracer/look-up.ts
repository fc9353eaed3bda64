import { askBrowser, Evaluated, Properties, type RemoteObject, type Send } from './remote'

/**
 * What an expression without side effects gives, where its variable is there. Where it would run a getter of the script that has one,
 * it ends there and gives nothing: the debugger describes the error then, for which it calls the script's `Error.prepareStackTrace`.
 * So it is to name one thing, and to call nothing. The same happens where the script has declared a global `let`, `const` or `class` of
 * the variable's name and ended before that line, as by an exception: `typeof` throws then, for as long as the document is there.
 *
 * @param expression names a global variable or a property of one
 * @param more of the command
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-evaluate
 */
export async function lookUp(send: Send, expression: string, more: object = {}): Promise<RemoteObject> {
  const [, variable] = /^(\w+)/.exec(expression) ?? []
  const params = {
    // A variable that is not there would be an error, too.
    expression: variable ? `typeof ${variable} === 'undefined' ? undefined : ${expression}` : expression,
    silent: true,
    throwOnSideEffect: true,
    ...more,
  }
  const { result, exceptionDetails } = await askBrowser(send, Evaluated, 'Runtime.evaluate', params)
  return exceptionDetails ? { type: 'undefined' } : result
}

/** The own getters of an object that an expression names, which are not run. Values of the object are not read. */
export async function lookUpGetters(
  send: Send,
  expression: string,
  more?: object,
): Promise<ReadonlyMap<string, RemoteObject>> {
  const { objectId } = await lookUp(send, expression, more)
  if (objectId === undefined) return new Map()
  const params = { objectId, ownProperties: true, accessorPropertiesOnly: true }
  const { result } = await askBrowser(send, Properties, 'Runtime.getProperties', params)
  return new Map(result.flatMap(({ name, get }) => (get ? [[name, get]] : [])))
}
