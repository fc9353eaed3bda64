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
const Called = v.object({ name: v.string(), payload: v.pipe(v.string(), v.maxLength(MAX_MESSAGE)) })
const Found = v.object({
  result: v.object({
    type: v.string(),
    objectId: v.optional(v.string()),
    description: v.optional(v.string()),
  }),
})
const ABORT = 'function abort() { [native code] }'
const Text = v.object({ result: v.object({ value: v.string() }) })

/** The functions that are watched, and where the ID is when they are called. */
const WATCHED = [
  { method: 'fetch', owner: 'BackgroundFetchManager', id: 'arguments[0]' },
  { method: 'abort', owner: 'BackgroundFetchRegistration', id: 'this.id' },
] as const

export interface PageCall extends Call {
  /** Origin of the document whose script made the call. */
  readonly origin: string
}

/** A context in which calls are watched. */
interface Watched {
  /** The variable that is called by the conditions. */
  readonly name: string
  readonly binding: string
  /** Of its document. */
  origin: string
  /** Since when each call of the browser's own `abort()` is reported, in epoch milliseconds; null where not all are. */
  since: number | null
}

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
  let second = 0
  let reported = 0
  /** When a document came last, in epoch milliseconds. */
  let changedAt = Number.POSITIVE_INFINITY
  /** The contexts that are watched, by their numbers. */
  const contexts = new Map<number, Watched>()

  /** Sends the call; what it needs is in a variable that no script can find, as it is no property of anything. */
  const helperOf = (name: string, binding: string) => `
    const ${name} = ((send) => (method, id) => {
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
  const check = async (context: number, one: Watched) => {
    const { result } = v.parse(Text, await evaluateIn(context, `typeof ${one.name}`))
    if (result.value === 'undefined') await watch(context)
  }

  const watch = async (context: number) => {
    const name = `backgroundFetch_${crypto.randomUUID().replaceAll('-', '')}`
    const binding = `${name}_`
    const one: Watched = { name, binding, origin: '', since: null }
    contexts.set(context, one)
    const evaluate = (expression: string) => evaluateIn(context, expression)
    // One right after the other, so that the page has no turn in between.
    void send('Runtime.addBinding', { name: binding, executionContextId: context }).catch(() => {})
    await evaluate(helperOf(name, binding))
    one.origin = v.parse(Text, await evaluate('location.origin')).result.value
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
      await send('Debugger.setBreakpointOnFunctionCall', { objectId: result.objectId, condition })
      // A function of the page in its place may not be all that calls the browser's own.
      if (method === 'abort' && result.description === ABORT) one.since = now()
    }
  }

  /** The page's context is known by its first script; this is one. */
  const evaluateSomething = () =>
    void send('Runtime.evaluate', { expression: '0', silent: true }).catch(() => {})

  return {
    begin() {
      on = true
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
      const one =
        called.success && [...contexts.values()].find(({ binding }) => binding === called.output.name)
      if (!one) {
        // What can't be read may have been a call.
        if (!called.success) changedAt = now()
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
      emit({ ...call, origin: one.origin })
      return true
    },
    navigated() {
      if (!on) return
      evaluateSomething()
      // Its scripts may have been parsed before this is heard: nothing waits for another one.
      for (const [context, one] of contexts) void check(context, one).catch(() => contexts.delete(context))
    },
    frameChanged() {
      changedAt = now()
    },
    async covers(origin, from) {
      if (!on || changedAt > from || !isOnlyFrame(await send('Page.getFrameTree'), origin)) return false
      const names = [...contexts.values()].flatMap((one) =>
        one.origin === origin && one.since !== null && one.since <= from ? [one.name] : [],
      )
      // A document that the tab has left may be kept aside for Back: the one that it shows is asked.
      for (const name of names) {
        const expression = `typeof ${name}`
        const { result } = v.parse(Text, await send('Runtime.evaluate', { expression, silent: true }))
        if (result.value === 'function') return on && changedAt <= from
      }
      return false
    },
    end() {
      on = false
      changedAt = Number.POSITIVE_INFINITY
      contexts.clear()
    },
  }
}
