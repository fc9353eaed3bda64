import * as v from 'valibot'
import { now } from '../../../wire/clock'
import { textOf } from '../native-function'
import { type Call, callIn } from './call-message'
import { isOnlyFrame } from './only-frame'
import { createPageBreakpoints } from './page-breakpoints'
import { pageContext } from './page-context'
import { giveFunctions } from './page-functions'
import { batchIn, pageMessages } from './page-messages'
import { type GivenOptions, readOptions } from './page-options'
import { createPageWaits } from './page-waits'

/** A tab with more scripts' contexts than this at a time is not followed further. */
const MAX_CONTEXTS = 100
/** So many calls are reported of a second: a page may call in a loop. */
const MAX_PER_SECOND = 50

const Parsed = v.object({
  executionContextId: v.number(),
  executionContextAuxData: v.optional(v.object({ isDefault: v.optional(v.boolean(), false) })),
})
const Text = v.object({ result: v.object({ value: v.string() }) })

/** The functions that are watched, and what of a call is looked at. */
const WATCHED = [
  { method: 'fetch', owner: 'BackgroundFetchManager', given: 'this, arguments' },
  { method: 'abort', owner: 'BackgroundFetchRegistration', given: 'this' },
] as const

export interface PageCall extends Omit<Call, 'time' | 'options'> {
  /** When it was made, or was reported where that is not known; in epoch milliseconds. */
  readonly at: number
  /** Origin of the document whose script made the call. */
  readonly origin: string
  /** That document is in a frame. */
  readonly framed: boolean
}

/** What a page gave to `fetch()` beside the ID and the requests. */
export interface PageCallOptions extends GivenOptions, Pick<PageCall, 'id' | 'origin'> {
  /** When the call was made, as the call itself says. */
  readonly calledAt: number
}

/** A call is reported so much later at most, in milliseconds; a time from before that is not one of this clock. */
const LATE = 5000

/** When a call was made: as its page says, where that may be. */
function timeOf(time: number): number {
  const reported = now()
  return time <= reported && time >= reported - LATE ? time : reported
}

/** A context in which calls are watched. */
interface Watched {
  /** Of its document. */
  origin: string
  /** Since when each call of the browser's own `abort()` is reported, in epoch milliseconds; null where not all are. */
  since: number | null
  framed: boolean
  readonly context: number
  /** How many calls the document has reported. */
  received: number
  /** Waits for its calls, where nothing does. */
  wait(): Promise<void>
}

/** No script can replace any of these. */
const DOCUMENT = "location.origin + (window === top ? '' : ' framed')"

export interface PageCalls {
  /** The tracer is attached to the tab. */
  begin(): void
  /** What came through the tab's own session; says whether it was about calls. */
  event(method: string, params: Record<string, unknown>): boolean
  /** The tab shows another document, which may count its contexts anew. */
  navigated(): void
  /** One of the tab's frames shows another document. */
  frameChanged(): void
  /**
   * Whether each call of `abort()` by a script of this origin in the tab was reported since that time. Only said of a tab whose
   * other frames are all of other origins, and where none has changed since.
   *
   * @param from in epoch milliseconds
   */
  covers(origin: string, from: number): Promise<boolean>
  /** The tracer is not attached any more: breakpoints have gone with it. */
  end(): void
}

/**
 * Reports the calls of `fetch()` and `abort()` that a tab's scripts make, with the place they were made at, by breakpoints
 * whose condition notes the call and is false: nothing pauses, and nothing in the page is wrapped or added.
 * https://chromedevtools.github.io/devtools-protocol/tot/Debugger/#method-setBreakpointOnFunctionCall
 *
 * @param send to the tab's own session
 * @param emitOptions gets, a moment after a call, what is known of its options
 */
export function createPageCalls(
  send: (method: string, params?: object) => Promise<unknown>,
  emit: (call: PageCall) => void,
  emitOptions: (options: PageCallOptions) => void,
): PageCalls {
  let on = false
  /** The variable that is called by the conditions; it has one name in all contexts, as they share the breakpoints. */
  let name = ''
  let second = 0
  let reported = 0
  /** When a document or a frame came or went last, in epoch milliseconds. */
  let changedAt = Number.POSITIVE_INFINITY
  /** Each frame that comes or goes is reported. */
  let seesFrames = false
  /** The contexts that are watched, by their numbers. */
  const contexts = new Map<number, Watched>()
  /** Of each method, which it has in all documents of a process, and of each function of a page in its place. */
  const breakpoints = createPageBreakpoints(send, () => {
    // The one before has gone: no document's calls are known to be reported any more.
    for (const one of contexts.values()) one.since = null
  })

  /** A context whose number was given to another one lacks the variable. */
  const check = async (id: number) => {
    const { result } = v.parse(Text, await pageContext(send, id).evaluate(`typeof ${name}`))
    if (result.value === 'undefined') return watch(id)
    // A document that is shown again was not waited for.
    void contexts.get(id)?.wait()
  }

  const readOptionsOf = async (one: Watched, { id, origin, at }: PageCall, options: number) => {
    const given = await readOptions(send, one.context, name, options)
    if (given && on) emitOptions({ ...given, id, origin, calledAt: at })
  }

  const receive = (one: Watched, value: unknown) => {
    const batch = batchIn(value)
    // What can't be read may have been a call.
    if (!batch || batch.count !== one.received + batch.messages.length) changedAt = now()
    if (!batch) return
    one.received = batch.count
    for (const message of batch.messages) {
      const current = Math.floor(performance.now() / 1000)
      if (current !== second) reported = 0
      second = current
      const call = reported < MAX_PER_SECOND ? callIn(message) : undefined
      if (call) {
        reported++
        const { time, options, ...rest } = call
        const reportedCall = { ...rest, at: timeOf(time), origin: one.origin, framed: one.framed }
        emit(reportedCall)
        // A document that has gone meanwhile has nothing to read.
        if (options > 0) void readOptionsOf(one, reportedCall, options).catch(() => {})
      } else changedAt = now()
    }
  }

  const watch = async (id: number) => {
    const context = pageContext(send, id)
    const isWatched = () => on && contexts.get(id) === one
    const wait = createPageWaits(context, name, isWatched, (batch) => receive(one, batch))
    const one: Watched = { origin: '', framed: false, since: null, context: id, received: 0, wait }
    contexts.set(id, one)
    await context.evaluate(pageMessages(name, id))
    const [origin = '', framed] = v.parse(Text, await context.evaluate(DOCUMENT)).result.value.split(' ')
    one.origin = origin
    one.framed = framed !== undefined
    await giveFunctions(send, context, name)
    void wait()
    for (const { method, owner, given } of WATCHED) {
      const result = await context.look(`${owner}.prototype.${method}`)
      if (result.type !== 'function') continue
      // A function of a page in its place may not be all that calls the browser's own, which other documents call.
      const isOwn = result.description === textOf(method)
      const key = isOwn ? method : `${method} ${id}`
      const isSet = await breakpoints.set(key, result.objectId, `${name}.meet('${method}', ${given})`)
      if (isSet && method === 'abort' && isOwn) one.since = now()
    }
  }

  /** What a frame calls as it goes may not be reported, and one that comes and goes in one task is in no tree of frames. */
  const watchFrames = async () => {
    await send('Page.enable')
    seesFrames = on
    changedAt = now()
  }

  /** The page's context is known by its first script; this is one. */
  const evaluateSomething = () =>
    void send('Runtime.evaluate', { expression: '0', silent: true }).catch(() => {})

  return {
    begin() {
      on = true
      name = `backgroundFetch_${crypto.randomUUID().replaceAll('-', '')}`
      // Also before the debugger is on: the page may reach a `debugger` statement between the two.
      void send('Debugger.setSkipAllPauses', { skip: true }).catch(() => {})
      void send('Debugger.enable').catch(() => {})
      void send('Debugger.setSkipAllPauses', { skip: true }).catch(() => {})
      void watchFrames().catch(() => {})
      evaluateSomething()
    },
    event(method, params) {
      if (method === 'Page.frameAttached' || method === 'Page.frameDetached') changedAt = now()
      if (method === 'Debugger.scriptParsed') {
        const parsed = v.safeParse(Parsed, params)
        if (!on || !parsed.success || !parsed.output.executionContextAuxData?.isDefault) return true
        const { executionContextId: context } = parsed.output
        // A context that has gone meanwhile can't be watched.
        if (!contexts.has(context) && contexts.size < MAX_CONTEXTS) void watch(context).catch(() => {})
        return true
      }
      return method.startsWith('Debugger.') || method.startsWith('Page.')
    },
    navigated() {
      if (!on) return
      evaluateSomething()
      // Its scripts may have been parsed before this is heard: nothing waits for another one.
      for (const context of contexts.keys()) void check(context).catch(() => contexts.delete(context))
    },
    frameChanged() {
      changedAt = now()
    },
    async covers(origin, from) {
      if (!seesFrames || changedAt > from || !isOnlyFrame(await send('Page.getFrameTree'), origin))
        return false
      // A document that the tab has left may be kept aside for Back: the one that it shows is asked.
      const expression = `typeof ${name} === 'object' ? ${name}.state : ''`
      const { result } = v.parse(Text, await send('Runtime.evaluate', { expression, silent: true }))
      const [context, count] = result.value.split(' ').map(Number)
      const shown = contexts.get(context ?? Number.NaN)
      const isWatched = shown?.origin === origin && shown.since !== null && shown.since <= from
      // A call may have been met of which nothing has come yet.
      return isWatched && shown.received === count && on && changedAt <= from
    },
    end() {
      on = false
      seesFrames = false
      changedAt = Number.POSITIVE_INFINITY
      contexts.clear()
      breakpoints.clear()
    },
  }
}
