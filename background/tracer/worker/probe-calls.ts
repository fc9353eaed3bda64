import * as v from 'valibot'
import { AddedListeners, WorkerSeen } from '../../../protocol/worker-events'
import { TracerError } from '../problem'
import type { Send } from '../remote'
import type { Evaluated, How, Injector } from './inject'

/** How often the probe is put into a worker that is not ready for it. */
const ATTEMPTS = 25

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
  /** The tracer is still there. */
  renew(): void
  /** Takes the probe out of the worker. */
  undo(): Promise<void>
}

/** @param probe the object that `putIn()` returned */
export function createProbeCalls(send: Send, probe: string): ProbeCalls {
  const call = (declaration: string, args: readonly unknown[] = []) =>
    send<Evaluated>('Runtime.callFunctionOn', {
      objectId: probe,
      functionDeclaration: declaration,
      arguments: args.map((value) => ({ value })),
    })
  return {
    async facts() {
      for (let tries = 1; ; tries++) {
        const { result } = await call('function () { return this.facts }')
        if (result.value || tries >= ATTEMPTS) return v.parse(Facts, JSON.parse(String(result.value)))
        await new Promise((resolve) => setTimeout(resolve, 4 * tries))
      }
    },
    async listeners() {
      try {
        const { result } = await call('function () { return this.handlers }')
        return v.parse(AddedListeners, JSON.parse(String(result.value)))
      } catch {
        return []
      }
    },
    async update(event, n) {
      const { result } = await call('function (event, n) { return this.update(event, n) }', [event, n])
      return result.objectId
    },
    renew() {
      void call('function () { this.renew() }').catch(() => {})
    },
    async undo() {
      await call('function () { return this.undo() }')
    },
  }
}
