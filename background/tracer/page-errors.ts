import * as v from 'valibot'
import type { PageError } from '../../protocol/page-script-events'
import { Thrown } from '../../protocol/worker-fields'
import { now } from '../../wire/clock'
import { ContextCreated, ExceptionDetails, remoteLocation, remoteThrown, short } from './remote'

/** For how long after an abort the page's errors are reported, in milliseconds. */
export const WITHIN = 5000
/** When they are read after an abort, in milliseconds. */
const READ_AFTER = [1000, WITHIN + 100] as const
/** How many errors of one page are reported within that time. */
const MAX_ERRORS = 20

const ThrownException = v.object({
  timestamp: v.number(),
  exceptionDetails: v.object({ ...ExceptionDetails.entries, exceptionId: v.number() }),
})
type ThrownException = v.InferOutput<typeof ThrownException>

const Revoked = v.object({ exceptionId: v.number() })

const IN_PROMISE = /^Uncaught \(in promise\)/
/** What the browser puts in front where the object that was thrown is not there any more. */
const UNCAUGHT = /^Uncaught (?:\(in promise\) )?(?=.)/

/** What an exception that nobody caught says, and where. */
function describe({ exceptionDetails }: ThrownException): Omit<PageError, 'type'> {
  const { text, exception, stackTrace, url, lineNumber, columnNumber } = exceptionDetails
  const { message, stack } = remoteThrown(exception, text.replace(UNCAUGHT, ''))
  return {
    rejection: IN_PROMISE.test(text),
    error: v.parse(Thrown, { message: short(message), stack: short(stack) }),
    location:
      remoteLocation(stackTrace) ?? remoteLocation({ callFrames: [{ url, lineNumber, columnNumber }] }),
  }
}

export interface PageErrors {
  /** A fetch was aborted at this moment. */
  aborted(at: number): void
  /** What the page has thrown since then, in epoch milliseconds, and nobody caught. */
  since(at: number): Promise<readonly PageError[]>
  /** What came through the tab's own session. */
  event(method: string, params: Record<string, unknown>): void
  end(): void
}

/**
 * Reports what the tab's page threw, and nobody caught, within five seconds after an abort. The browser keeps it, and
 * repeats it when `Runtime` is enabled: that is done for a moment only, so that a page that writes much to its console
 * costs nothing while nothing is aborted.
 * https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#event-exceptionThrown
 *
 * @param send to the tab's own session
 */
export function createPageErrors(
  send: (method: string) => Promise<unknown>,
  emit: (error: PageError, at: number) => void,
): PageErrors {
  let aborts: number[] = []
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const reported = new Set<string>()
  /** What came in the reading that is under way; null while there is none. */
  let found: Map<number, ThrownException> | null = null
  const contexts = new Set<number>()

  /** Of the page's own scripts: extensions have contexts of their own. */
  const isOfPage = ({ exceptionDetails: { executionContextId: id } }: ThrownException) =>
    id !== undefined && contexts.has(id)
  const isSoon = ({ timestamp }: ThrownException) =>
    aborts.some((at) => timestamp >= at && timestamp <= at + WITHIN)

  /** What the page threw so far, and nobody caught; null where that is being read already. */
  const readAll = async (): Promise<ThrownException[] | null> => {
    if (found) return null
    const all = new Map<number, ThrownException>()
    found = all
    contexts.clear()
    try {
      await send('Runtime.enable')
      await send('Runtime.disable')
    } catch {
      // The tab is gone, or the tracer is.
    }
    found = null
    return [...all.values()].filter(isOfPage)
  }

  const read = async () => {
    for (const one of (await readAll()) ?? []) {
      const key = `${one.exceptionDetails.exceptionId} ${one.timestamp}`
      if (!isSoon(one) || reported.has(key) || reported.size >= MAX_ERRORS) continue
      reported.add(key)
      emit({ type: 'page-error', ...describe(one) }, one.timestamp)
    }
  }

  const later = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, ms)
    timers.add(timer)
  }

  return {
    aborted(at) {
      // Several that are aborted together are one moment.
      if (aborts.some((other) => Math.abs(other - at) < 100)) return
      if (aborts.length === 0) reported.clear()
      aborts.push(at)
      for (const ms of READ_AFTER) later(Math.max(0, at + ms - now()), () => void read())
      later(Math.max(0, at + WITHIN + 1000 - now()), () => {
        aborts = aborts.filter((other) => other !== at)
      })
    },
    async since(at) {
      const all = (await readAll()) ?? []
      return all
        .filter(({ timestamp }) => timestamp >= at)
        .map((one) => ({ type: 'page-error', ...describe(one) }))
    },
    event(method, params) {
      if (!found) return
      if (method === 'Runtime.executionContextCreated') {
        const made = v.safeParse(ContextCreated, params)
        if (made.success && made.output.context.auxData?.isDefault) contexts.add(made.output.context.id)
      } else if (method === 'Runtime.exceptionThrown') {
        const thrown = v.safeParse(ThrownException, params)
        if (thrown.success) found.set(thrown.output.exceptionDetails.exceptionId, thrown.output)
      } else if (method === 'Runtime.exceptionRevoked') {
        // A rejection that was handled after all.
        const revoked = v.safeParse(Revoked, params)
        if (revoked.success) found.delete(revoked.output.exceptionId)
      }
    },
    end() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      aborts = []
      found = null
    },
  }
}
