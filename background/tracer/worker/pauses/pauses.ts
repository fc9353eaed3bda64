import type { BodyOf } from '../../../../protocol/events'
import type { Location } from '../../../../protocol/worker-fields'
import { now } from '../../../../wire/clock'
import type { Send } from '../../remote'

/** How often a paused worker is asked whether it still is, in milliseconds: `Debugger.resumed` may not come. */
const ASK_EVERY = 250
/** How long a worker may take to answer whether it is paused, in milliseconds: one whose script loops does not. */
const PATIENCE = 1000
/** So many pauses of a run are remembered. */
const MAX_PAUSES = 200

/** No call frame has this id: nothing is evaluated. */
const NO_FRAME = '0.0.0'

type Answer = 'paused' | 'running' | 'unknown'

/** A worker that runs refuses the question itself, and one that is paused the frame. */
async function ask(send: Send): Promise<Answer> {
  try {
    await send('Debugger.evaluateOnCallFrame', { callFrameId: NO_FRAME, expression: '0' })
    return 'unknown'
  } catch (error) {
    const message = String(error)
    if (/while paused/i.test(message)) return 'running'
    return /specified id|call frame/i.test(message) ? 'paused' : 'unknown'
  }
}

interface Met {
  readonly event: number | null
  readonly location: Location | null
  /** In epoch milliseconds. */
  readonly at: number
}

interface Needs {
  send: Send
  paused(met: Met): void
  /** @param after null where only the end of the pause was seen */
  resumed(event: number | null, after: number | null, at: number): void
  /** A breakpoint was met, and the worker went on. */
  ranOn(met: Met): void
  /** The event that is being handled, where there is one only; undefined where none is. */
  current(): number | null | undefined
}

/** Pauses of a worker in the debugger. */
export interface Pauses {
  /** The condition of a breakpoint let the worker pause. */
  met(met: Met): void
  /** `Debugger.resumed` came: for a step, too. */
  went(): void
  /** Resolves when what was asked last is answered; undefined where nothing is. */
  settling(): Promise<void> | undefined
  /** Looks whether the worker is paused; one that does not answer is not known to be. */
  look(): Promise<boolean>
  /** For how long it was paused since then, in milliseconds. */
  pausedSince(at: number): number
  end(): void
}

/**
 * Notices pauses of a worker in a session that skips them itself: the browser sends such a session no `Debugger.paused`.
 * https://chromedevtools.github.io/devtools-protocol/tot/Debugger/#method-evaluateOnCallFrame
 */
export function createPauses({ send, paused, resumed, ranOn, current }: Needs): Pauses {
  const past: { readonly from: number; readonly to: number }[] = []
  let pause: Met | undefined
  let wentAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let settling: Promise<void> | undefined
  let ended = false

  const begin = (met: Met) => {
    pause = met
    paused(met)
  }
  const finish = (at: number) => {
    if (!pause) return
    const { event, at: from } = pause
    pause = undefined
    past.push({ from, to: at })
    if (past.length > MAX_PAUSES) past.shift()
    resumed(event, Math.max(0, at - from), at)
  }
  const askLater = () => {
    clearTimeout(timer)
    if (pause && !ended) timer = setTimeout(() => void enqueue(stillPaused), ASK_EVERY)
  }
  /** One question after the other. */
  const enqueue = (step: (answer: Answer) => void): Promise<void> => {
    const before = settling ?? Promise.resolve()
    const mine = before.then(async () => {
      const answer = await ask(send)
      if (!ended) step(answer)
      if (settling === mine) settling = undefined
      askLater()
    })
    settling = mine
    return mine
  }

  const stillPaused = (answer: Answer) => {
    if (answer === 'running') finish(wentAt > (pause?.at ?? 0) ? wentAt : now())
  }

  return {
    met(met) {
      void enqueue((answer) => {
        // It went on without a word, or it could not meet another one.
        if (pause) finish(Math.min(met.at, wentAt > pause.at ? wentAt : met.at))
        if (answer === 'paused') begin(met)
        else if (answer === 'running' && wentAt >= met.at) {
          begin(met)
          finish(wentAt)
        } else if (answer === 'running') ranOn(met)
      })
    },
    went() {
      const at = now()
      wentAt = at
      void enqueue((answer) => {
        const event = current()
        if (pause) stillPaused(answer)
        else if (answer === 'paused') begin({ event: event ?? null, location: null, at })
        // What is paused and stepped through elsewhere is no matter of an event.
        else if (answer === 'running' && event !== undefined && !past.some(({ to }) => to === at))
          resumed(event, null, at)
      })
    },
    settling: () => settling,
    async look() {
      const asked = enqueue((answer) => {
        if (pause) stillPaused(answer)
        else if (answer === 'paused') begin({ event: current() ?? null, location: null, at: now() })
      })
      await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
      return pause !== undefined
    },
    pausedSince(at) {
      const all = pause ? [...past, { from: pause.at, to: now() }] : past
      return all.reduce((sum, { from, to }) => sum + Math.max(0, to - Math.max(from, at)), 0)
    },
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}

/** A body of a pause's report, without the worker's name. */
export type PauseBody =
  | Omit<BodyOf<'handler-breakpoints'>, 'worker'>
  | Omit<BodyOf<'worker-paused'>, 'worker'>
  | Omit<BodyOf<'worker-resumed'>, 'worker'>
  | Omit<BodyOf<'worker-not-paused'>, 'worker'>
