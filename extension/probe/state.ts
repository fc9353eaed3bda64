import type { ProbeBody } from '../../protocol/probe-events'
import type { EventTargetMethods } from './event-target'
import { attributeOf, bare, now, scopeGetter, stringify } from './primordials'

interface WorkerScope {
  readonly registration?: unknown
  readonly serviceWorker?: unknown
  readonly ServiceWorker?: { readonly prototype: object }
  readonly ServiceWorkerRegistration?: { readonly prototype: object }
}

/** Who the worker is, and how far its lifecycle is. */
export interface State {
  /** Scope and state as JSON; '' in a worker that is paused at its very start, which has no registration yet. */
  facts(): string
  undo(): void
}

/** Reports each change of the worker's state from the first time on that its facts were read. */
export function watchState(
  { addListener, removeListener }: EventTargetMethods,
  send: (body: ProbeBody, at: number) => void,
): State {
  const global = globalThis as unknown as WorkerScope
  // Where the browser's own can’t be determined from the script's, the script's answer has to do.
  const readScope = (name: 'registration' | 'serviceWorker') => {
    const getter = scopeGetter(name)
    return getter ? getter() : global[name]
  }
  const scopeOf = attributeOf(global.ServiceWorkerRegistration?.prototype, 'scope')
  const stateOf = attributeOf(global.ServiceWorker?.prototype, 'state')
  let serviceWorker: EventTarget | undefined
  const onState = () => {
    try {
      if (!serviceWorker) return
      send({ type: 'worker-state', worker: '', state: stateOf(serviceWorker) as 'activated' }, now())
    } catch {
      // What the script made of its worker can't be read; it must not hear of it.
    }
  }
  return {
    facts() {
      const registration = readScope('registration') as object | null | undefined
      const worker = readScope('serviceWorker') as EventTarget | null | undefined
      if (!registration || !worker) return ''
      if (!serviceWorker) addListener(worker, 'statechange', onState)
      serviceWorker = worker
      return stringify(bare({ scope: scopeOf(registration), state: stateOf(worker) }))
    },
    undo() {
      if (serviceWorker) removeListener(serviceWorker, 'statechange', onState)
    },
  }
}
