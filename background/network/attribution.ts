import type { Handle } from '../../protocol/handle'
import type { NetworkBody } from '../../protocol/network-events'
import { originOfKey } from '../../protocol/storage-key'
import { awaits, keyOf, type ObservedFetch, ranAt } from './fetch-requests'
import type { NetworkStep } from './network-step'

/**
 * So long a request waits at least for its fetch, in milliseconds: pages list a new one, and report the end of the one before it,
 * within that time.
 */
const DECIDED_AFTER = 500
/** After so long it is not waited for any more. */
const GIVEN_UP_AFTER = 6000
/** So many requests wait at a time, and so many steps of each are remembered: the browser follows 20 redirects. */
const MAX_PENDING = 1000
const MAX_STEPS = 50
/** So many requests that are of no fetch for certain are reported. */
const MAX_UNATTRIBUTED = 100

type Sent = Extract<NetworkStep, { kind: 'sent' }>

/** A request whose fetch is not known yet; `among`: those that it may be of, where it will never be known. */
interface Pending {
  readonly sent: Sent
  readonly steps: NetworkStep[]
  among: readonly Handle[] | null
}

/** Reports what became of a request, with the time at which that was observed. */
export type NetworkReport = (body: NetworkBody, at: number) => void

/** Which requests are of which fetches. */
export interface Attribution {
  step(step: NetworkStep): void
  /** More is known of the fetches. */
  fetchesChanged(): void
  /** Goes on with a request that was attributed before. */
  restore(request: string, handle: Handle): void
  /** Forgets all requests that are not over. */
  stop(): void
}

function bodyOf(step: NetworkStep, handle: Handle): NetworkBody {
  const { request } = step
  switch (step.kind) {
    case 'sent':
      return { type: 'network-request', handle, request, method: step.method, url: step.url }
    case 'end':
      return { type: 'network-end', handle, request, error: step.error }
    case 'response': {
      const { kind: _, at: __, initiator: ___, ...rest } = step
      return { type: 'network-response', handle, ...rest }
    }
  }
}

/** What became of one that may be of several fetches. */
function unattributed({ sent, steps, among }: Pending): NetworkBody {
  const { method, url } = sent
  let status: number | null = null
  let error = ''
  for (const step of steps) {
    if (step.kind === 'response') status = step.status
    if (step.kind === 'end') error = step.error
  }
  return { type: 'network-unattributed', handles: [...(among ?? [])], method, url, status, error }
}

/**
 * Attributes requests to fetches by origin, time, method and URL. One that may be of several fetches, or of a fetch whose requests
 * are not known, is reported as such once it is over; one that is of none is not reported at all.
 */
export function createAttribution(
  fetches: () => Iterable<ObservedFetch>,
  report: NetworkReport,
): Attribution {
  const pending = new Map<string, Pending>()
  const owners = new Map<string, Handle>()
  let unattributedCount = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const attribute = ({ sent, steps }: Pending, fetch: ObservedFetch) => {
    const { handle, observed } = fetch
    const key = keyOf(sent)
    observed.set(key, (observed.get(key) ?? 0) + 1)
    pending.delete(sent.request)
    owners.set(sent.request, handle)
    for (const step of [sent, ...steps]) pass(step, handle)
  }

  const pass = (step: NetworkStep, handle: Handle) => {
    report(bodyOf(step, handle), step.at)
    if (step.kind === 'end') owners.delete(step.request)
  }

  const giveUp = (one: Pending) => {
    const last = one.steps.at(-1)
    if (last?.kind !== 'end') return
    pending.delete(one.sent.request)
    if (++unattributedCount <= MAX_UNATTRIBUTED) report(unattributed(one), last.at)
  }

  const decide = (one: Pending, late: boolean) => {
    const { sent } = one
    const key = keyOf(sent)
    const possible = [...fetches()].filter(
      (fetch) => originOfKey(fetch.storageKey) === sent.initiator && ranAt(fetch, sent.at),
    )
    const matching = possible.filter((fetch) => awaits(fetch, key))
    const unsure = possible.filter((fetch) => !fetch.complete && !matching.includes(fetch))
    const [only] = matching
    if (only && matching.length === 1 && unsure.length === 0) return attribute(one, only)
    if (!late) return
    const unread = unsure.filter(({ requests }) => requests === null)
    if (matching.length === 0 && unread.length === 0) {
      pending.delete(sent.request)
      return
    }
    one.among = [...matching, ...unsure].map(({ handle }) => handle)
    giveUp(one)
  }

  const look = (now: number) => {
    for (const one of pending.values()) {
      const age = now - one.sent.at
      if (one.among === null && age >= DECIDED_AFTER) decide(one, age >= GIVEN_UP_AFTER)
    }
    wake()
  }

  /** Looks again when the next request is to be decided, or given up. */
  const wake = () => {
    clearTimeout(timer)
    timer = undefined
    const now = Date.now()
    const ages = [...pending.values()].filter(({ among }) => among === null).map(({ sent }) => now - sent.at)
    if (ages.length === 0) return
    const waits = ages.map((age) => (age < DECIDED_AFTER ? DECIDED_AFTER : GIVEN_UP_AFTER) - age)
    timer = setTimeout(() => look(Date.now()), Math.max(10, Math.min(...waits)))
  }

  const begin = (sent: Sent) => {
    // After a redirect it is sent on under its name.
    if (owners.has(sent.request) || pending.has(sent.request)) return
    pending.set(sent.request, { sent, steps: [], among: null })
    const [oldest] = pending.keys()
    if (pending.size > MAX_PENDING && oldest !== undefined) pending.delete(oldest)
    wake()
  }

  return {
    step(step) {
      if (step.kind === 'sent') return begin(step)
      const handle = owners.get(step.request)
      if (handle) return pass(step, handle)
      const one = pending.get(step.request)
      if (!one) return
      if (one.steps.length < MAX_STEPS || step.kind === 'end') one.steps.push(step)
      if (one.among) giveUp(one)
    },
    fetchesChanged: () => look(Date.now()),
    restore: (request, handle) => void owners.set(request, handle),
    stop() {
      clearTimeout(timer)
      pending.clear()
      owners.clear()
    },
  }
}
