import type { Steps } from '../../model/session-file/steps'
import { nextTask } from '../session/next-task'

/** How long the panel is busy at a stretch, in milliseconds. */
const TURN = 10

/**
 * Does long work a little at a time, so that the panel stays alive meanwhile.
 *
 * @param onProgress gets how much is done, from 0 to 1
 */
export async function timeSliced<T>(steps: Steps<T>, onProgress: (share: number) => void): Promise<T> {
  for (let since = performance.now(); ; ) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() - since < TURN) continue
    onProgress(value)
    await new Promise<void>(nextTask)
    since = performance.now()
  }
}
