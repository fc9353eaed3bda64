import probeText from 'virtual:probe'
import * as v from 'valibot'
import { isBinding, nativeFunction, propertiesOf } from '../native-function'
import { TracerError } from '../problem'
import { askBrowser, ContextCreated, Evaluated, LexicalNames, remoteThrown, type Send } from '../remote'

/** What the probe throws where the script has replaced what it uses. */
const REPLACED = 'replaced'
/** What the debugger looks at and the probe is given, and the prototype that has one more of them. */
const GIVEN = [
  'Reflect.apply',
  'Function.prototype.toString',
  'EventTarget.prototype.addEventListener',
  'EventTarget.prototype.removeEventListener',
  'globalThis.BackgroundFetchEvent?.prototype',
].join()

/** What the probe reads when it is evaluated. */
const READ = [
  ...[
    'Reflect.get',
    'Proxy',
    'Promise.prototype',
    'JSON.stringify',
    'Array.isArray',
    'Symbol.hasInstance',
    'Symbol.species',
  ],
  ...['call', 'bind'].map((name) => `Function.prototype.${name}`),
  ...['create', 'keys', 'hasOwn', 'defineProperty', 'getPrototypeOf', 'setPrototypeOf'].map(
    (name) => `Object.${name}`,
  ),
  'Object.getOwnPropertyDescriptor',
  ...['get', 'set'].map((name) => `WeakMap.prototype.${name}`),
  ...['captureStackTrace', 'isError', 'prototype'].map((name) => `Error.${name}`),
  ...['slice', 'split', 'indexOf', 'lastIndexOf'].map((name) => `String.prototype.${name}`),
  ...['setTimeout', 'clearTimeout'].map((name) => `WorkerGlobalScope.prototype.${name}`),
  ...['addEventListener', 'removeEventListener'].map((name) => `EventTarget.prototype.${name}`),
  'Performance.prototype.now',
  'Headers.prototype.forEach',
  'globalThis.BackgroundFetchRegistration?.prototype.matchAll',
  ...['BackgroundFetchEvent', 'BackgroundFetchRecord', 'BackgroundFetchUpdateUIEvent'].map(
    (name) => `globalThis.${name}?.prototype`,
  ),
  ...['Event', 'ExtendableEvent', 'DOMException', 'AbortSignal', 'Request'].map(
    (name) => `${name}.prototype`,
  ),
  ...['ServiceWorkerGlobalScope', 'ServiceWorkerRegistration', 'ServiceWorker'].map(
    (name) => `${name}.prototype`,
  ),
].join()

/** How often the probe is asked for the attribute that its binding comes by. */
const ATTEMPTS = 25

/** How long nothing is asked of a worker that does not evaluate the probe yet, in milliseconds, at most. */
const MAX_DELAY = 20

/** How the tracer came to the worker: what `worker-seen` says. */
export type How = 'running' | 'started'

export interface Injector {
  /**
   * Puts the probe into a worker that is paused at its start. All is sent without waiting: the worker is about to run
   * its script.
   */
  intoStarting(): Promise<string>
  /** Puts the probe into a worker whose script has run, or may have. */
  intoRunning(): Promise<string>
  /**
   * Has the probe's messages sent to the session; those from before come first.
   *
   * @param probe the probe's object
   */
  connect(probe: string): Promise<void>
  /** What the session sent of a global scope that the worker has now; numbers begin with 1. */
  contextCreated(params: Record<string, unknown>): void
  /** The probe's message in what the session sent; undefined for all else. */
  messageIn(method: string, params: Record<string, unknown>): string | undefined
}

const random = () => crypto.randomUUID().replaceAll('-', '')

/** Why the probe has thrown. */
export function failureOf({ exception }: NonNullable<Evaluated['exceptionDetails']>): Error {
  if (exception?.value === REPLACED) return new TracerError('replaced')
  return new Error(remoteThrown(exception, '').message)
}

/** The probe's object. Throws why there is none. */
function probeIn({ result, exceptionDetails }: Evaluated): string {
  if (!exceptionDetails && result.objectId) return result.objectId
  throw exceptionDetails ? failureOf(exceptionDetails) : new TracerError('probe-failed')
}

/**
 * Puts the probe into one run of a worker, and has its messages sent by a binding that the script can't reach.
 *
 * @param mark by which the probes of this worker know one another
 * @param wrap what the expression of the probe becomes in a worker that is about to start
 */
export function createInjector(
  mark: string,
  send: Send,
  wrap: (expression: string) => string = (expression) => expression,
): Injector {
  /** Each message begins with it: nobody else knows it. */
  const key = random()
  let binding = ''
  /** Settles when the binding whose name the probe was given has been added; null where the probe gives the name. */
  let added: Promise<unknown> | null = null
  let context = 1
  const args = (name: string | null, how: How, shared: boolean) =>
    [name, how, mark, shared, key].map((it) => JSON.stringify(it)).join()

  /** Takes a binding off the global scope that the probe has not taken. */
  const takeOff = async (name: string) => {
    await added?.catch(() => {})
    await send('Runtime.evaluate', { expression: `delete this.${name}` })
  }

  /** Resolves when the evaluation has begun that declares the variable. Can be asked in the middle of a script. */
  const hasBegun = async (variable: string) => {
    for (let tries = 0; ; tries++) {
      const { names } = await askBrowser(send, LexicalNames, 'Runtime.globalLexicalScopeNames', {
        executionContextId: context,
      })
      if (names.includes(variable)) return
      await new Promise((resolve) => setTimeout(resolve, Math.min(tries, MAX_DELAY)))
    }
  }

  const findTrusted = async () => {
    const { result, exceptionDetails } = await askBrowser(send, Evaluated, 'Runtime.evaluate', {
      expression: `[${GIVEN}, [${READ}]]`,
      // A getter or a Proxy of the script in one of these places notices nothing: the evaluation ends there.
      throwOnSideEffect: true,
    })
    if (exceptionDetails) throw new TracerError('replaced')
    const found = (await propertiesOf(send, result.objectId)).result
    const [apply, text, add, remove, event] = ['0', '1', '2', '3', '4'].map(
      (index) => found.find(({ name }) => name === index)?.value,
    )
    const attributes = event?.objectId ? (await propertiesOf(send, event.objectId)).result : []
    const registration = attributes.find(({ name }) => name === 'registration')?.get
    return {
      given: [
        await nativeFunction(send, apply, 'apply'),
        await nativeFunction(send, text, 'toString'),
        await nativeFunction(send, add, 'addEventListener'),
        await nativeFunction(send, remove, 'removeEventListener'),
        ...(registration ? [await nativeFunction(send, registration, 'get registration')] : []),
      ],
      shared: text?.subtype === 'proxy',
    }
  }

  return {
    async intoStarting() {
      const name = `backgroundFetch_${random()}`
      binding = name
      // No script can list it, as it can the properties of the global scope.
      const variable = `backgroundFetch_${random()}`
      // Declared when the evaluation begins that waits for the binding.
      const begun = `backgroundFetch_${random()}`
      // Somebody else may let the worker go on at any time. So the binding is added only when that evaluation runs, which takes it
      // off the global scope before it ends: no script runs in between.
      added = send('Runtime.evaluate', { expression: `let ${variable} = ${probeText}; 0` })
        .then(() => hasBegun(begun))
        .then(() => send('Runtime.addBinding', { name, executionContextId: context }))
      added.catch(() => {})
      const probe = wrap(`[${variable}, ${variable} = null][0](null)(${args(name, 'started', true)})`)
      const expression = `let ${begun}; ${probe}`
      try {
        return probeIn(await askBrowser(send, Evaluated, 'Runtime.evaluate', { expression }))
      } catch (error) {
        void takeOff(name).catch(() => {})
        throw error
      }
    },
    async intoRunning() {
      added = null
      const { given, shared } = await findTrusted()
      // Evaluated and then called: of what happens in a function that `callFunctionOn` compiles, the browser reports
      // no unhandled rejection to the script.
      const { result } = await askBrowser(send, Evaluated, 'Runtime.evaluate', {
        expression: `(given) => (${probeText})(given)(${args(null, 'running', shared)})`,
      })
      return probeIn(
        await askBrowser(send, Evaluated, 'Runtime.callFunctionOn', {
          objectId: result.objectId,
          functionDeclaration: 'function (...given) { return this(given) }',
          arguments: given.map(({ objectId }) => ({ objectId })),
        }),
      )
    },
    async connect(probe) {
      const call = async (functionDeclaration: string, ...given: readonly number[]) =>
        (
          await askBrowser(send, Evaluated, 'Runtime.callFunctionOn', {
            objectId: probe,
            functionDeclaration,
            arguments: given.map((value) => ({ value })),
          })
        ).result
      const ask = async (functionDeclaration: string) => (await call(functionDeclaration)).value
      if (added) {
        if ((await ask('function () { return this.begin() }')) === true) return
        // It came too late for the probe.
        await takeOff(binding)
      }
      let name: unknown = ''
      for (let tries = 1; name === ''; tries++) {
        name = await ask('function () { return this.open() }')
        if (name !== '') break
        // At its very start a worker has no attributes yet.
        if (tries >= ATTEMPTS) throw new TracerError('replaced')
        await new Promise((resolve) => setTimeout(resolve, 4 * tries))
      }
      binding = String(name)
      // Without the number, the browser would put it into every later run of the worker too.
      await send('Runtime.addBinding', { name: binding, executionContextId: context })
      for (let i = 0; (await ask('function () { return this.begin() }')) !== true; i++) {
        const candidate = await call('function (i) { return this.candidate(i) }', i)
        if (candidate.type === 'undefined') throw new TracerError('replaced')
        if (await isBinding(send, candidate)) await call('function (i) { this.accept(i) }', i)
      }
    },
    contextCreated(params) {
      const created = v.safeParse(ContextCreated, params)
      if (created.success) context = created.output.context.id
    },
    messageIn(method, params) {
      if (method !== 'Runtime.bindingCalled' || params.name !== binding) return undefined
      const text = String(params.payload)
      return text.startsWith(key) ? text.slice(key.length) : undefined
    },
  }
}
