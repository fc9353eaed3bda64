import { propertiesOf } from './native-function'
import { askBrowser, Evaluated, type Properties, type RemoteObject, type Send } from './remote'

/**
 * What an expression without side effects gives: where it would run a getter of the script that has one, it ends there and gives
 * nothing. The debugger describes the error then, for which it calls the script's `Error.prepareStackTrace`.
 *
 * @param more of the command
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-evaluate
 */
export async function lookUp(send: Send, expression: string, more: object = {}): Promise<RemoteObject> {
  const params = { expression, silent: true, throwOnSideEffect: true, ...more }
  const { result, exceptionDetails } = await askBrowser(send, Evaluated, 'Runtime.evaluate', params)
  return exceptionDetails ? { type: 'undefined' } : result
}

/** The own properties of what a global variable holds, or of its prototype; none where it is not there. Runs no getter of them. */
export async function lookInto(
  send: Send,
  variable: string,
  part?: 'prototype',
  more?: object,
): Promise<Properties['result']> {
  const place = part ? `${variable}.${part}` : variable
  const { objectId } = await lookUp(send, `typeof ${variable} === 'undefined' ? undefined : ${place}`, more)
  return objectId === undefined ? [] : (await propertiesOf(send, objectId)).result
}
