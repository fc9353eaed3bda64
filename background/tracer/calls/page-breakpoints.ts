import * as v from 'valibot'

const BreakpointSet = v.object({ breakpointId: v.string() })

export interface PageBreakpoints {
  /**
   * Sets a breakpoint at a function, in place of the one with the same key: a breakpoint is met in the documents that were there when
   * it was set, so it is set anew for each further one.
   *
   * @param key of the function, which may be one for all documents
   * @param objectId of the function
   * @param condition is evaluated at each call
   * @returns whether it is set
   */
  set(key: string, objectId: string | undefined, condition: string): Promise<boolean>
  /** The debugger has gone, and all breakpoints with it. */
  clear(): void
}

/**
 * @param send to the tab's own session
 * @param lost a breakpoint was taken away and could not be set again
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Debugger/#method-setBreakpointOnFunctionCall
 */
export function createPageBreakpoints(
  send: (method: string, params?: object) => Promise<unknown>,
  lost: () => void,
): PageBreakpoints {
  const breakpoints = new Map<string, string>()
  let setting: Promise<unknown> = Promise.resolve()

  const setNow = async (key: string, params: object): Promise<boolean> => {
    const before = breakpoints.get(key)
    // One right after the other, so that no call comes in between.
    if (before) void send('Debugger.removeBreakpoint', { breakpointId: before }).catch(() => {})
    const answer = v.safeParse(
      BreakpointSet,
      await send('Debugger.setBreakpointOnFunctionCall', params).catch(() => undefined),
    )
    if (answer.success) breakpoints.set(key, answer.output.breakpointId)
    else lost()
    return answer.success
  }

  return {
    set(key, objectId, condition) {
      const done = setting.then(() => setNow(key, { objectId, condition }))
      setting = done
      return done
    },
    clear: () => breakpoints.clear(),
  }
}
