import { now } from '../../../wire/clock'
import type { Send } from '../remote'

/** So many messages one after the other are a burst. */
const BURST = 250
/** A burst is over when nothing comes for so long, in milliseconds. */
const LULL = 250
/** How long the browser sends no messages, in milliseconds: at first, and at most. */
const FIRST_PAUSE = 2000
const LONGEST_PAUSE = 8000
/** How long the worker may take to answer, in milliseconds. */
const PATIENCE = 3000

/** A console message, or an exception that nobody caught, as the browser sends it. */
export interface Entry {
  readonly kind: 'console' | 'exception'
  readonly timestamp: number
  readonly params: Record<string, unknown>
}

export interface ConsoleFeed {
  /** Has the browser send what is written from now on. Rejects when the worker can't be asked. */
  start(): Promise<void>
  /** Takes what the session sent; false where that is no entry. */
  event(method: string, params: Record<string, unknown>): boolean
  /** Resolves when all that was written so far has been reported; undefined where it has been. */
  caughtUp(): Promise<void> | undefined
  /** The run is over. What was written since the pause began is lost. */
  end(): void
}

const kinds: Readonly<Record<string, Entry['kind']>> = {
  'Runtime.consoleAPICalled': 'console',
  'Runtime.exceptionThrown': 'exception',
}

/** Where the entry stands that was reported last: the browser repeats entries with their times and in their order. */
interface Position {
  readonly timestamp: number
  /** How many entries of this time were reported. */
  readonly count: number
}

/** What comes after the position, and whether that is all: the browser may not have stored the entry at it any longer. */
function after(
  entries: readonly Entry[],
  { timestamp, count }: Position,
): { readonly fresh: readonly Entry[]; readonly isComplete: boolean } {
  const first = entries.findIndex((entry) => entry.timestamp === timestamp)
  // With none before it, some of its time may be gone.
  if (first > 0) return { fresh: entries.slice(first + count), isComplete: true }
  return { fresh: entries.filter((entry) => entry.timestamp !== timestamp), isComplete: false }
}

const started = now()
/** Written since this program was started, and a moment ago. */
const isNew = (timestamp: number) => timestamp >= started && timestamp > now() - 2000

/**
 * Reads a worker's console messages and uncaught exceptions. Each costs the worker about 0.1 ms while the session has
 * `Runtime` enabled, so it is disabled for the time of a burst. When it is enabled again the browser repeats the last 1000
 * that it has stored. https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-enable
 *
 * @param report gets each entry once, in the order in which they were written
 * @param missed is called when entries may have been written that are not reported
 * @param revoked gets what the browser sends of a rejection that was handled after its exception was sent, maybe more than once
 */
export function createConsoleFeed(
  send: Send,
  report: (entry: Entry) => void,
  missed: () => void,
  revoked: (params: Record<string, unknown>) => void = () => {},
): ConsoleFeed {
  let state: 'starting' | 'on' | 'paused' | 'ended' = 'starting'
  let position: Position = { timestamp: Number.NaN, count: 0 }
  /** Entries of the burst, and when the last one came. */
  let recent = 0
  let lastAt = 0
  let pause = FIRST_PAUSE
  let timer: ReturnType<typeof setTimeout> | undefined
  /** What came since the browser was asked to repeat its entries. */
  let repeated: Entry[] | undefined
  let repeatedRevoked: Record<string, unknown>[] = []
  /** The last command is answered; what is asked next waits for it. */
  let idle: Promise<unknown> = Promise.resolve()
  let catching: Promise<void> | undefined
  /** The worker has not answered in time. */
  let late = false

  const isEnded = () => state === 'ended'

  const take = (entry: Entry) => {
    const { timestamp } = entry
    const same = position.timestamp === timestamp ? position.count : 0
    position = { timestamp, count: same + 1 }
    report(entry)
  }

  const beginPause = (length: number) => {
    state = 'paused'
    pause = length
    idle = send('Runtime.disable').catch(() => {})
    timer = setTimeout(() => void look(), length)
  }

  /**
   * Takes what the browser has stored since, and returns how much that was; null where it may be more than is stored.
   *
   * @param stay the browser sends on
   */
  const read = async (stay: boolean): Promise<number | null> => {
    clearTimeout(timer)
    await idle
    if (isEnded()) return 0
    repeated = []
    repeatedRevoked = []
    const commands = [send('Runtime.enable')]
    // Sent at once: the worker has no turn in between.
    if (!stay) commands.push(send('Runtime.disable'))
    const answered = await Promise.all(commands).then(
      () => true,
      () => false,
    )
    const entries = repeated
    repeated = undefined
    // The end has reported that something may be missing.
    if (isEnded()) return 0
    const { fresh, isComplete } = after(entries, position)
    if (!isComplete || !answered) missed()
    for (const entry of fresh) take(entry)
    for (const params of repeatedRevoked) revoked(params)
    if (stay) {
      state = 'on'
      recent = 0
    }
    return isComplete ? fresh.length : null
  }

  /** Looks whether the burst goes on. */
  const look = async () => {
    if (catching) return
    const looking = read(false)
    idle = looking
    const count = await looking
    if (isEnded() || catching) return
    if (count !== null && count < BURST) void caughtUp()
    else {
      pause = Math.min(pause * 2, LONGEST_PAUSE)
      timer = setTimeout(() => void look(), pause)
    }
  }

  const caughtUp = (): Promise<void> | undefined => {
    if (state !== 'paused' || late) return undefined
    if (catching) return catching
    const reading = read(true).then(() => {
      catching = undefined
      late = false
    })
    let patience: ReturnType<typeof setTimeout> | undefined
    const enough = new Promise<void>((resolve) => {
      patience = setTimeout(() => {
        late = true
        missed()
        resolve()
      }, PATIENCE)
    })
    catching = Promise.race([reading, enough]).finally(() => clearTimeout(patience))
    return catching
  }

  return {
    async start() {
      await send('Runtime.enable')
      if (state === 'starting') state = 'on'
    },
    event(method, params) {
      if (method === 'Runtime.exceptionRevoked') {
        if (repeated) repeatedRevoked.push(params)
        else revoked(params)
        return true
      }
      const kind = kinds[method]
      if (!kind) return false
      const entry = { kind, timestamp: Number(params.timestamp), params }
      if (repeated) {
        repeated.push(entry)
        return true
      }
      // What was written before tracing began is repeated first.
      if (state === 'starting' && !isNew(entry.timestamp)) return true
      take(entry)
      const at = now()
      recent = at - lastAt > LULL ? 1 : recent + 1
      lastAt = at
      if (recent >= BURST && (state === 'on' || state === 'starting')) beginPause(FIRST_PAUSE)
      return true
    },
    caughtUp,
    end() {
      clearTimeout(timer)
      if (state === 'paused') missed()
      state = 'ended'
    },
  }
}
