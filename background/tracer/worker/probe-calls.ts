import * as v from 'valibot'
import { SyntheticOutcome } from '../../../protocol/synthetic-events'
import { AddedListeners, WorkerSeen } from '../../../protocol/worker-events'
import { now } from '../../../wire/clock'
import { TracerError } from '../problem'
import { askBrowser, Evaluated, type Send } from '../remote'
import { failureOf, type How, type Injector } from './inject'

/** How often the probe is put into a worker that is not ready for it. */
const ATTEMPTS = 25

/** How often it is looked whether a worker's script has run, in milliseconds. */
const SCRIPT_EVERY = 20

const Facts = v.pick(WorkerSeen, ['scope', 'state'])
export type Facts = v.InferOutput<typeof Facts>

const isReplaced = (error: unknown) => error instanceof TracerError && error.reason === 'replaced'

/**
 * Puts the probe in and returns its object. A worker that is not ready is asked once more, and its script may run by then.
 *
 * @param enabled the session reports what the worker does
 * @param sent is called once, when a command that lets a worker go on may be sent
 */
export async function putIn(
  injector: Injector,
  how: How,
  enabled: Promise<void>,
  sent: () => void,
): Promise<string> {
  // The session may end before anything waits for it.
  enabled.catch(() => {})
  if (how === 'started') {
    const put = injector.intoStarting()
    put.catch(() => {})
    sent()
    try {
      await enabled
      return await put
    } catch (error) {
      if (isReplaced(error)) throw error
    }
  }
  for (let tries = 1; ; tries++) {
    try {
      return await injector.intoRunning()
    } catch (error) {
      if (tries >= ATTEMPTS || isReplaced(error)) throw error
    }
  }
}

/** What the tracer calls on the probe that is in a worker. */
export interface ProbeCalls {
  /** Who the worker is. One that has just been started learns that a moment later. */
  facts(): Promise<Facts>
  /** How many listeners the script has added; empty where that is not known. */
  listeners(): Promise<v.InferOutput<typeof AddedListeners>>
  /** The promise that a call of `updateUI()` returned. */
  update(event: number, n: number): Promise<string | undefined>
  /**
   * Runs the handlers of an event that the probe makes, for the fetch of this ID.
   *
   * @param starting how long the worker's script may not have run yet, in milliseconds; it has when it was seen to add a listener
   */
  dispatch(id: string, starting: number): Promise<SyntheticOutcome>
  /** The tracer is still there. */
  renew(): void
  /** Takes the probe out of the worker. */
  undo(): Promise<void>
}

/** @param probe the object that `putIn()` returned */
export function createProbeCalls(send: Send, probe: string): ProbeCalls {
  const call = (declaration: string, args: readonly unknown[] = []) =>
    askBrowser(send, Evaluated, 'Runtime.callFunctionOn', {
      objectId: probe,
      functionDeclaration: declaration,
      arguments: args.map((value) => ({ value })),
    })
  const listeners = async () => {
    try {
      const { result } = await call('function () { return this.handlers }')
      return v.parse(AddedListeners, JSON.parse(String(result.value)))
    } catch {
      return []
    }
  }
  return {
    async facts() {
      for (let tries = 1; ; tries++) {
        const { result } = await call('function () { return this.facts }')
        if (result.value || tries >= ATTEMPTS) return v.parse(Facts, JSON.parse(String(result.value)))
        await new Promise((resolve) => setTimeout(resolve, 4 * tries))
      }
    },
    listeners,
    async update(event, n) {
      const { result } = await call('function (event, n) { return this.update(event, n) }', [event, n])
      return result.objectId
    },
    async dispatch(id, starting) {
      const until = now() + starting
      while (now() < until && !(await listeners()).some(({ count }) => count !== null))
        await new Promise((resolve) => setTimeout(resolve, SCRIPT_EVERY))
      const { result, exceptionDetails } = await askBrowser(send, Evaluated, 'Runtime.callFunctionOn', {
        objectId: probe,
        functionDeclaration: 'function (id) { return this.dispatch(id) }',
        arguments: [{ value: id }],
        awaitPromise: true,
      })
      if (exceptionDetails) throw failureOf(exceptionDetails)
      return v.parse(SyntheticOutcome, result.value)
    },
    renew() {
      void call('function () { this.renew() }').catch(() => {})
    },
    async undo() {
      await call('function () { return this.undo() }')
    },
  }
}
