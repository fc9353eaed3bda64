import { vi } from 'vitest'

type Listener = (...args: never[]) => void

function fakeEvent<L extends Listener>() {
  const listeners = new Set<L>()
  return {
    addListener: (listener: L) => void listeners.add(listener),
    removeListener: (listener: L) => void listeners.delete(listener),
    emit: (...args: Parameters<L>) => {
      for (const listener of [...listeners]) listener(...args)
    },
    get size() {
      return listeners.size
    },
  }
}

interface Target {
  readonly tabId: number
  readonly sessionId?: string
}

export interface Sent {
  readonly method: string
  readonly params: Record<string, unknown>
  readonly session: string | undefined
}

/** `chrome.debugger` as far as the tracer uses it. For tests. */
export function fakeDebugger() {
  const onEvent = fakeEvent<(source: Target, method: string, params?: object) => void>()
  const onDetach = fakeEvent<(source: Target, reason: string) => void>()
  const sent: Sent[] = []
  let answer: (sent: Sent) => unknown = () => ({})
  const fake = {
    onEvent,
    onDetach,
    sent,
    attach: vi.fn(async (_: Target, __: string): Promise<void> => {}),
    detach: vi.fn(async (_: Target): Promise<void> => {}),
    async sendCommand(target: Target, method: string, params: Record<string, unknown>) {
      const one = { method, params, session: target.sessionId }
      sent.push(one)
      return answer(one)
    },
    /** How the browser answers commands. */
    answers(next: typeof answer) {
      answer = next
    },
    methods: (session?: string) => sent.filter((one) => one.session === session).map(({ method }) => method),
  }
  vi.stubGlobal('chrome', { debugger: fake })
  return fake
}

export const SCOPE = 'https://pod.example/'

const nativeFunction = (name: string) => ({
  type: 'function',
  objectId: name,
  description: `function ${name}() { [native code] }`,
})
/** Variables of the expressions that were evaluated. */
const declared: string[] = []
/** Answers as a worker does that takes the probe in. */
export function tracedWorker({ method, params }: Sent): unknown {
  if (method === 'Runtime.getProperties') {
    const result = ['apply', 'toString', 'addEventListener', 'removeEventListener'].map((name, i) => ({
      name: String(i),
      value: nativeFunction(name),
    }))
    return { result }
  }
  if (
    method === 'Runtime.callFunctionOn' &&
    /^function \(\.\.\.given\)/.test(String(params.functionDeclaration))
  ) {
    return { result: { type: 'object', objectId: 'probe' } }
  }
  if (method === 'Runtime.evaluate') {
    const [, variable] = /^let (\w+);/.exec(String(params.expression)) ?? []
    if (variable) declared.push(variable)
    return { result: { type: 'object', objectId: 'probe' } }
  }
  if (method === 'Runtime.globalLexicalScopeNames') return { names: [...declared] }
  if (method === 'Runtime.callFunctionOn' && String(params.functionDeclaration).includes('facts')) {
    return { result: { type: 'string', value: JSON.stringify({ scope: SCOPE, state: 'activated' }) } }
  }
  if (/\.open\(\)/.test(String(params.functionDeclaration)))
    return { result: { type: 'string', value: 'onlanguagechange' } }
  if (/\.begin\(\)/.test(String(params.functionDeclaration)))
    return { result: { type: 'boolean', value: true } }
  return { result: { type: 'undefined' } }
}

/** A worker shows up in the session. */
export const attached = (sessionId: string, waitingForDebugger = true, type = 'service_worker') => ({
  sessionId,
  targetInfo: { targetId: `target-${sessionId}`, type, url: `${SCOPE}sw.js` },
  waitingForDebugger,
})
