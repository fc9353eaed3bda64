import { lookUp } from '../look-up'
import { nativeFunction } from '../native-function'
import { askBrowser, Evaluated, type Send } from '../remote'

/** The functions that are watched. */
const WATCHED = [
  { method: 'fetch', owner: 'BackgroundFetchManager' },
  { method: 'abort', owner: 'BackgroundFetchRegistration' },
] as const

/**
 * Has each call of `fetch()` and `abort()` reported to the probe that the worker's script makes, by breakpoints whose condition
 * is false: nothing pauses, and nothing in the worker is wrapped. The session's debugger stays on for it.
 * https://chromedevtools.github.io/devtools-protocol/tot/Debugger/#method-setBreakpointOnFunctionCall
 *
 * @param probe the probe's object
 * @returns when each later call is met; rejects when the script has replaced one of the functions
 */
export async function watchWorkerCalls(send: Send, probe: string): Promise<void> {
  // No script can find it: it is a property of nothing.
  const name = `backgroundFetch_${crypto.randomUUID().replaceAll('-', '')}`
  const evaluate = (expression: string) =>
    askBrowser(send, Evaluated, 'Runtime.evaluate', { expression, silent: true })
  // Also before the debugger is on: the script may reach a `debugger` statement between the two.
  void send('Debugger.setSkipAllPauses', { skip: true }).catch(() => {})
  const enabled = [send('Debugger.enable'), send('Debugger.setSkipAllPauses', { skip: true })]
  const slot = evaluate(`const ${name} = { __proto__: null, meetCall: null }; ${name}`)
  const watched = WATCHED.map(async ({ method, owner }) => {
    // No getter of the script is run for it.
    const found = await lookUp(send, `${owner}.prototype.${method}`)
    const { objectId } = await nativeFunction(send, found, method)
    const condition = `${name}.meetCall('${method}', this, arguments)`
    await send('Debugger.setBreakpointOnFunctionCall', { objectId, condition })
  })
  const given = slot.then(({ result: { objectId } }) =>
    send('Runtime.callFunctionOn', {
      objectId: probe,
      functionDeclaration: 'function (slot) { slot.meetCall = this.meetCall }',
      arguments: [{ objectId }],
    }),
  )
  await Promise.all([...enabled, given, ...watched])
}
