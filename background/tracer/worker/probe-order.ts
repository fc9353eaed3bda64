import type { ProbeBody, ProbeMessage } from '../../../protocol/probe-events'

/** What is logged before and after these belongs to different events, or to different parts of one. */
const boundaries: ReadonlySet<ProbeBody['type']> = new Set([
  'dispatched',
  'listener-returned',
  'handler-returned',
  'event-done',
])

export interface ProbeOrder {
  take(message: ProbeMessage): void
  /** Does something else that came after the messages before it. */
  run(act: () => void): void
  /** Nothing more is waited for. */
  flush(): void
}

/**
 * Gives on the probe's messages in their order. The beginning and the end of an event wait until what was logged before them
 * is known.
 *
 * @param caughtUp resolves when it is; undefined where it is already
 */
export function createProbeOrder(
  caughtUp: () => Promise<void> | undefined,
  give: (message: ProbeMessage) => void,
): ProbeOrder {
  let held: (ProbeMessage | (() => void))[] | undefined
  const take = (message: ProbeMessage) => {
    if (held) {
      held.push(message)
      return
    }
    const wait = boundaries.has(message.body.type) ? caughtUp() : undefined
    if (!wait) return give(message)
    held = [message]
    void wait.then(flush)
  }
  const flush = () => {
    const messages = held ?? []
    held = undefined
    for (const one of messages) {
      if (typeof one === 'function') run(one)
      else take(one)
    }
  }
  const run = (act: () => void) => {
    if (held) held.push(act)
    else act()
  }
  return { take, run, flush }
}
