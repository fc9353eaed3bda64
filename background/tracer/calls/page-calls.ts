import * as v from 'valibot'
import { type Call, callIn } from './call-message'

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
const Found = v.object({ result: v.object({ type: v.string(), objectId: v.optional(v.string()) }) })
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
  /** The contexts that are watched, by their numbers. */
  const contexts = new Map<number, Watched>()
  /** The breakpoint of each method: it has one in all documents of a process. */
  const breakpoints = new Map<string, string>()
  let setting: Promise<void> = Promise.resolve()

  /** Sends the call; what it needs is in a variable that no script can find, as it is no property of anything. */
  const helperOf = (binding: string) => `
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
  const check = async (context: number) => {
    const { result } = v.parse(Text, await evaluateIn(context, `typeof ${name}`))
    if (result.value === 'undefined') await watch(context)
  }

  /** A breakpoint is met in the documents that were there when it was set: it is set anew for each further one. */
  const setBreakpoint = (method: string, params: object): Promise<void> => {
    const set = async () => {
      const before = breakpoints.get(method)
      // One right after the other, so that no call comes in between.
      if (before) void send('Debugger.removeBreakpoint', { breakpointId: before }).catch(() => {})
      const answer = v.safeParse(BreakpointSet, await send('Debugger.setBreakpointOnFunctionCall', params))
      if (answer.success) breakpoints.set(method, answer.output.breakpointId)
    }
    const done = setting.then(set)
    setting = done.catch(() => {})
    return done
  }

  const watch = async (context: number) => {
    const binding = `${name}_`
    const one: Watched = { origin: '', framed: false }
    contexts.set(context, one)
    const evaluate = (expression: string) => evaluateIn(context, expression)
    // One right after the other, so that the page has no turn in between.
    void send('Runtime.addBinding', { name: binding, executionContextId: context }).catch(() => {})
    await evaluate(helperOf(binding))
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
      await setBreakpoint(method, { objectId: result.objectId, condition })
    }
  }

  return {
    begin() {
      on = true
      name = `backgroundFetch_${crypto.randomUUID().replaceAll('-', '')}`
      // Also before the debugger is on: the page may reach a `debugger` statement between the two.
      void send('Debugger.setSkipAllPauses', { skip: true }).catch(() => {})
      void send('Debugger.enable').catch(() => {})
      void send('Debugger.setSkipAllPauses', { skip: true }).catch(() => {})
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
      if (!called.success || called.output.name !== `${name}_`) return true
      const one = contexts.get(called.output.executionContextId)
      if (!one) return true
      const now = Math.floor(performance.now() / 1000)
      if (now !== second) reported = 0
      second = now
      const call = reported < MAX_PER_SECOND ? callIn(called.output.payload) : undefined
      if (!call) return true
      reported++
      emit({ ...call, origin: one.origin, framed: one.framed })
      return true
    },
    navigated() {
      // Its scripts may have been parsed before this is heard: nothing waits for another one.
      for (const context of contexts.keys()) void check(context).catch(() => contexts.delete(context))
    },
    end() {
      on = false
      contexts.clear()
      breakpoints.clear()
    },
  }
}
