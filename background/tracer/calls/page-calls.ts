import * as v from 'valibot'
import { now } from '../../../wire/clock'
import { type Call, callIn } from './call-message'
import { isOnlyFrame } from './only-frame'

/** A tab with more scripts' contexts than this at a time is not followed further. */
const MAX_CONTEXTS = 100
/** So many calls are reported of a second: a page may call in a loop. */
const MAX_PER_SECOND = 50
/** A message of the condition is never longer. */
const MAX_MESSAGE = 40_000

const Parsed = v.object({
  executionContextId: v.number(),
  executionContextAuxData: v.optional(v.object({ isDefault: v.optional(v.boolean(), false) })),
})
const Called = v.object({
  name: v.string(),
  payload: v.pipe(v.string(), v.maxLength(MAX_MESSAGE)),
  executionContextId: v.number(),
})
const Found = v.object({
  result: v.object({
    type: v.string(),
    objectId: v.optional(v.string()),
    description: v.optional(v.string()),
  }),
})
const ABORT = 'function abort() { [native code] }'
const BreakpointSet = v.object({ breakpointId: v.string() })
const Text = v.object({ result: v.object({ value: v.string() }) })

/** The functions that are watched, and where the ID is when they are called. */
const WATCHED = [
  { method: 'fetch', owner: 'BackgroundFetchManager', id: 'arguments[0]' },
  { method: 'abort', owner: 'BackgroundFetchRegistration', id: 'this.id' },
] as const

export interface PageCall extends Call {
  /** Origin of the document whose script made the call. */
  readonly origin: string
  /** That document is in a frame. */
  readonly framed: boolean
}

/** A context in which calls are watched. */
interface Watched {
  /** Of its document. */
  origin: string
  /** Since when each call of the browser's own `abort()` is reported, in epoch milliseconds; null where not all are. */
  since: number | null
  framed: boolean
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
 * whose condition sends the call and is false: nothing pauses, and nothing in the page is wrapped.
 * https://chromedevtools.github.io/devtools-protocol/tot/Debugger/#method-setBreakpointOnFunctionCall
 *
 * @param send to the tab's own session
 */
export function createPageCalls(
  send: (method: string, params?: object) => Promise<unknown>,
  emit: (call: PageCall) => void,
): PageCalls {
  let on = false
  /** The variable that is called by the conditions; it has one name in all contexts, as they share the breakpoints. */
  let name = ''
  let second = 0
  let reported = 0
  /** When a document came last, in epoch milliseconds. */
  let changedAt = Number.POSITIVE_INFINITY
  /** The contexts that are watched, by their numbers. */
  const contexts = new Map<number, Watched>()
  /** The breakpoint of each method: it has one in all documents of a process. */
  const breakpoints = new Map<string, string>()
  let setting: Promise<unknown> = Promise.resolve()

  /**
   * Sends the call; what it needs is in a variable that no script can find, as it is no property of anything. Called for
   * nothing it answers with the number of its context.
   */
  const helperOf = (binding: string, context: number) => `
    const ${name} = ((send) => (method, id) => {
      if (method === undefined) return '${context}'
      if (typeof id !== 'string' || id.length > 16384) id = ''
      let stack = ''
      if (typeof Error !== 'function' || Error.prepareStackTrace === undefined) {
        try { null.f } catch (error) { stack = error.stack }
      }
      if (typeof stack !== 'string') stack = ''
      send(\`\${method} \${id.length} \${id}\${stack}\`)
      return false
    })([this.${binding}, delete this.${binding}][0])`

  const evaluateIn = (context: number, expression: string) =>
    send('Runtime.evaluate', { expression, contextId: context, silent: true })

  /** A context whose number was given to another one lacks the variable. */
  const check = async (context: number) => {
    const { result } = v.parse(Text, await evaluateIn(context, `typeof ${name}`))
    if (result.value === 'undefined') await watch(context)
  }

  /** A breakpoint is met in the documents that were there when it was set: it is set anew for each further one. */
  const setBreakpoint = (method: string, params: object): Promise<boolean> => {
    const set = async () => {
      const before = breakpoints.get(method)
      // One right after the other, so that no call comes in between.
      if (before) void send('Debugger.removeBreakpoint', { breakpointId: before }).catch(() => {})
      const answer = v.safeParse(
        BreakpointSet,
        await send('Debugger.setBreakpointOnFunctionCall', params).catch(() => undefined),
      )
      if (answer.success) breakpoints.set(method, answer.output.breakpointId)
      // The one before has gone: no document's calls are known to be reported any more.
      else for (const one of contexts.values()) one.since = null
      return answer.success
    }
    const done = setting.then(set)
    setting = done
    return done
  }

  const watch = async (context: number) => {
    const binding = `${name}_`
    const one: Watched = { origin: '', framed: false, since: null }
    contexts.set(context, one)
    const evaluate = (expression: string) => evaluateIn(context, expression)
    // One right after the other, so that the page has no turn in between.
    void send('Runtime.addBinding', { name: binding, executionContextId: context }).catch(() => {})
    await evaluate(helperOf(binding, context))
    const [origin = '', framed] = v.parse(Text, await evaluate(DOCUMENT)).result.value.split(' ')
    one.origin = origin
    one.framed = framed !== undefined
    for (const { method, owner, id } of WATCHED) {
      const { result } = v.parse(
        Found,
        await send('Runtime.evaluate', {
          expression: `${owner}.prototype.${method}`,
          contextId: context,
          silent: true,
          // No getter of the page is run for it.
          throwOnSideEffect: true,
        }),
      )
      if (result.type !== 'function') continue
      const condition = `${name}('${method}', ${id})`
      const isSet = await setBreakpoint(method, { objectId: result.objectId, condition })
      // A function of the page in its place may not be all that calls the browser's own.
      if (isSet && method === 'abort' && result.description === ABORT) one.since = now()
    }
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
      changedAt = now()
      evaluateSomething()
    },
    event(method, params) {
      if (method === 'Debugger.scriptParsed') {
        const parsed = v.safeParse(Parsed, params)
        if (!on || !parsed.success || !parsed.output.executionContextAuxData?.isDefault) return true
        const { executionContextId: context } = parsed.output
        // A context that has gone meanwhile can't be watched.
        if (!contexts.has(context) && contexts.size < MAX_CONTEXTS) void watch(context).catch(() => {})
        return true
      }
      if (method !== 'Runtime.bindingCalled') return method.startsWith('Debugger.')
      const called = v.safeParse(Called, params)
      if (called.success && called.output.name !== `${name}_`) return true
      const one = called.success ? contexts.get(called.output.executionContextId) : undefined
      if (!called.success || !one) {
        // What can't be read may have been a call.
        changedAt = now()
        return true
      }
      const current = Math.floor(performance.now() / 1000)
      if (current !== second) reported = 0
      second = current
      const call = reported < MAX_PER_SECOND ? callIn(called.output.payload) : undefined
      if (!call) {
        changedAt = now()
        return true
      }
      reported++
      emit({ ...call, origin: one.origin, framed: one.framed })
      return true
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
      if (!on || changedAt > from || !isOnlyFrame(await send('Page.getFrameTree'), origin)) return false
      // A document that the tab has left may be kept aside for Back: the one that it shows is asked.
      const expression = `typeof ${name} === 'function' ? ${name}() : ''`
      const { result } = v.parse(Text, await send('Runtime.evaluate', { expression, silent: true }))
      const shown = contexts.get(Number(result.value))
      const isWatched = shown?.origin === origin && shown.since !== null && shown.since <= from
      return isWatched && on && changedAt <= from
    },
    end() {
      on = false
      changedAt = Number.POSITIVE_INFINITY
      contexts.clear()
      breakpoints.clear()
    },
  }
}
