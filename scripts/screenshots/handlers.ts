import type { Scene } from './scene'
import { cleanUp, home, said, startNightFerry } from './steps'

/** The handlers of the demo whose scenes have a name of their own: right, leaving something, and rejecting. */
const NAMED = { keep: 'clean', 'forget-rows': 'left', reject: 'wrong' } as const

const OTHERS = [
  'discard',
  'property',
  'chatty',
  'slow',
  'between',
  'store-404',
  'function',
  'late',
  'no-wait-until',
  'throws',
  'none',
  'after',
] as const

/** Its event ends when the browser stops the worker, minutes later. */
const never: Scene = {
  name: 'handler-never',
  url: home,
  async play(page, panel) {
    await startNightFerry(page, panel, 'never')
    await panel.locator('[aria-label="Abort night-ferry"]').click()
    await said(panel, /handling for/)
  },
}

/** What each handler of the demo, right or wrong, does with an abort. */
export const handlers: readonly Scene[] = [
  ...Object.entries(NAMED).map(([handler, name]) => cleanUp(name, handler)),
  ...OTHERS.map((handler) => cleanUp(`handler-${handler}`, handler)),
  never,
]

/** The names of all of them, as the demo has them. */
export const handlerNames: readonly string[] = [...Object.keys(NAMED), ...OTHERS, 'never']
