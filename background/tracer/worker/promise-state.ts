import type { Thrown } from '../../../protocol/worker-fields'
import { propertiesOf } from '../native-function'
import { remoteThrown, type Send } from '../remote'

/** Pauses between looks at a promise, in milliseconds; `updateUI()` takes a few. */
const LOOKS = [5, 20, 50, 150, 500, 1500]

/**
 * How a promise ended, without a reaction to it: a rejection that nobody handles must stay unhandled.
 *
 * @returns null when fulfilled, the reason when rejected, undefined when it does not settle in time
 */
export async function outcomeOf(
  send: Send,
  objectId: string | undefined,
): Promise<Thrown | null | undefined> {
  if (!objectId) return undefined
  for (const pause of LOOKS) {
    const { internalProperties } = await propertiesOf(send, objectId)
    const read = (name: string) => internalProperties.find((one) => one.name === name)?.value
    const state = read('[[PromiseState]]')?.value
    if (state === 'fulfilled') return null
    if (state === 'rejected') return remoteThrown(read('[[PromiseResult]]'), 'rejected')
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  return undefined
}
