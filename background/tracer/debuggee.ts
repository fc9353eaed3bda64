export interface Debuggee {
  /** Sends a CDP command to the tab, or to a worker's session. Rejects with the browser's message. */
  send(method: string, params?: object, session?: string): Promise<unknown>
  detach(): Promise<void>
}

export interface DebuggeeEvents {
  event(method: string, params: Record<string, unknown>, session: string | undefined): void
  /** The browser, the user or another client ended it. */
  detached(reason: string): void
}

/** Resolves when the connections of a worker of this extension that was stopped are ended: with whether they are known to be. */
let leftBehind: Promise<boolean> = Promise.resolve(true)

/** What the browser answers where this extension has no connection: that of another one, of a page it may not debug, no tab. */
const NOT_OWN = /not attached|cannot access|cannot attach|no tab with/i

/** Ends a connection; those of others are not this extension's to end. */
const detachOwn = (tabId: number) =>
  chrome.debugger.detach({ tabId }).catch((error: unknown) => {
    if (!NOT_OWN.test(String(error))) throw error
  })

/**
 * Ends the connections that a worker of this extension has left when it was stopped, with all that was set by them: call it once, when
 * the worker is started.
 */
export function detachLeftBehind(): void {
  leftBehind = chrome.debugger.getTargets().then(
    async (targets) => {
      const tabs = targets.flatMap(({ attached, tabId }) => (attached && tabId !== undefined ? [tabId] : []))
      const ended = await Promise.allSettled(tabs.map(detachOwn))
      return ended.every(({ status }) => status === 'fulfilled')
    },
    () => false,
  )
}

/** Whether all connections are known to be ended that a worker has left when it was stopped. */
export const leftBehindEnded = (): Promise<boolean> => leftBehind

/**
 * Attaches `chrome.debugger` to a tab. Child sessions need Chrome 125.
 * https://developer.chrome.com/docs/extensions/reference/api/debugger
 */
export async function attachTo(tabId: number, events: DebuggeeEvents): Promise<Debuggee> {
  await leftBehind
  const onEvent = (source: chrome.debugger.DebuggerSession, method: string, params?: object) => {
    if (source.tabId === tabId) events.event(method, { ...params }, source.sessionId)
  }
  const onDetach = (source: chrome.debugger.Debuggee, reason: string) => {
    if (source.tabId !== tabId) return
    forget()
    events.detached(reason)
  }
  const forget = () => {
    chrome.debugger.onEvent.removeListener(onEvent)
    chrome.debugger.onDetach.removeListener(onDetach)
  }
  // Events may come before attach() resolves.
  chrome.debugger.onEvent.addListener(onEvent)
  chrome.debugger.onDetach.addListener(onDetach)
  const attach = () => chrome.debugger.attach({ tabId }, '1.3')
  try {
    await attach().catch(async (error: unknown) => {
      // A worker of this extension that was killed may have left its own connection behind.
      if (!/already attached/i.test(String(error))) throw error
      await chrome.debugger.detach({ tabId }).catch(() => {
        throw error
      })
      await attach()
    })
  } catch (error) {
    forget()
    throw error
  }
  return {
    async send(method, params = {}, session) {
      const target = session === undefined ? { tabId } : { tabId, sessionId: session }
      return chrome.debugger.sendCommand(target, method, { ...params })
    },
    async detach() {
      forget()
      await chrome.debugger.detach({ tabId })
    },
  }
}
