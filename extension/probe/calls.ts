import type { ProbeBody } from '../../protocol/probe-events'
import { resultOf } from './dispatched'
import { argumentOf, attributeOf, now, slice, watchesStacks } from './primordials'
import { stackHere } from './thrown'

/** So many calls are reported of a second: a worker may call in a loop. */
const MAX_PER_SECOND = 50
/** IDs of more characters than this are not reported. */
const MAX_ID = 16_384
/** As much of a stack is sent. */
const MAX_STACK = 16_000

/**
 * What the conditions of the tracer's breakpoints call, with `this` and the arguments of the call that they have met. It
 * never throws, and returns false: nothing pauses. The report is sent when the script's turn is over.
 */
export type MeetCall = (method: 'fetch' | 'abort', self: object, args: readonly unknown[]) => false

const scope = globalThis as { BackgroundFetchRegistration?: { prototype: object } }

/** Reports the calls of `fetch()` and `abort()` that breakpoints of the tracer meet. */
export function createMeetCall(send: (body: ProbeBody, at: number) => void): MeetCall {
  const attribute = (name: string) => attributeOf(scope.BackgroundFetchRegistration?.prototype, name)
  const idOf = attribute('id')
  const recordsAvailable = attribute('recordsAvailable')
  let second = 0
  let reported = 0
  // What is sent before the call is made keeps the browser busy, and the call waits for it.
  const sendSoon = async (body: ProbeBody, at: number) => {
    await undefined
    try {
      send(body, at)
    } catch {
      // The script would hear of the rejection.
    }
  }
  return (method, self, args) => {
    try {
      const at = now()
      if (at - second >= 1000) {
        second = at
        reported = 0
      }
      if (reported++ >= MAX_PER_SECOND) return false
      // A call on something else throws; it is none.
      const id = method === 'abort' ? idOf(self) : argumentOf(args, 0)
      // There is nothing any more that could be aborted.
      const ended = method === 'abort' && (resultOf(self) !== '' || recordsAvailable(self) === false)
      const stack = watchesStacks() ? '' : slice(stackHere(), 0, MAX_STACK)
      const isPlain = typeof id === 'string' && id.length <= MAX_ID
      const its = isPlain ? id : ''
      const body = {
        type: 'called',
        worker: '',
        method,
        id: its,
        ...(ended ? { ended } : null),
        stack,
      } as const
      void sendSoon(body, at)
    } catch {
      // The call goes on, and the script must not hear of it.
    }
    return false
  }
}
