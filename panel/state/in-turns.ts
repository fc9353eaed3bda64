import type { Steps } from '../model/steps'
import { soon } from './soon'

/** How long the panel is busy at a stretch, in milliseconds. */
const TURN = 10

/**
 * Does long work a little at a time, so that the panel stays alive meanwhile.
 *
 * @param told gets how much is done, from 0 to 1
 */
export async function inTurns<T>(steps: Steps<T>, told: (share: number) => void): Promise<T> {
  for (let since = performance.now(); ; ) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() - since < TURN) continue
    told(value)
    await new Promise<void>(soon)
    since = performance.now()
  }
}
