const { port1, port2 } = new MessageChannel()
let waiting: (() => void)[] = []

port1.onmessage = () => {
  const due = waiting
  waiting = []
  for (const call of due) {
    try {
      call()
    } catch (error) {
      // One that fails takes no other along.
      reportError(error)
    }
  }
}

/**
 * Calls back in a later turn, after the messages that have already come. Unlike a timer it is not slowed down
 * while the panel is hidden.
 */
export function nextTask(call: () => void): void {
  if (waiting.push(call) === 1) port2.postMessage(null)
}
