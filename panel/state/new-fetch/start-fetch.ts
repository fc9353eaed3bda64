import { effect } from '@preact/signals'
import type { Forced } from '../../../protocol/forced-endings'
import type { NewRequest } from '../../../protocol/new-fetch'
import { type PageAnswer, refusal } from '../../../protocol/page-requests'
import type { AbortMoment } from '../../../protocol/planned-aborts'
import type { Fetch } from '../../model/session/view'
import { mayAllow } from '../allow-downloads'
import { nextTarget, planAbort, removePlanned } from '../planned-aborts'
import { askPage } from '../session/ask-page'
import { selectedKey } from '../session/selection'
import { revision, tabModel } from '../session/session'

/** The registration that a fetch is started in. */
export type StartTarget = Pick<Fetch, 'storageKey' | 'scope'>

/** What a fetch is started with. */
export interface NewFetchData {
  readonly id: string
  readonly title: string
  readonly requests: readonly NewRequest[]
  /** In bytes; 0 for none. */
  readonly downloadTotal: number
  /** How it is made to fail; missing where it is not. */
  readonly forced?: Forced
  /** When it is aborted; missing where it is not. */
  readonly abortAt?: AbortMoment
}

/** What is started, so that it fails as was chosen. */
function withForced({ requests, downloadTotal, forced }: NewFetchData) {
  switch (forced?.by.kind) {
    case undefined:
      return { requests: [...requests], downloadTotal }
    case 'total':
      return { requests: [...requests], downloadTotal: forced.by.downloadTotal, forced }
    case 'quota':
      // Chrome refuses to start a fetch whose total is above the quota.
      return { requests: [...requests], downloadTotal: 0, forced }
    case 'request': {
      const { method, url } = forced.by
      return { requests: [...requests, { method, url, headers: [] }], downloadTotal, forced }
    }
  }
}

/** Has a page start a fetch, which ends as was chosen. */
export async function startNewFetch(
  { storageKey, scope }: StartTarget,
  data: NewFetchData,
): Promise<PageAnswer> {
  const { id, title, abortAt } = data
  const allow = await mayAllow()
  const plan = crypto.randomUUID()
  if (abortAt && !(await planAbort(nextTarget(storageKey, id), abortAt, false, plan)))
    return refusal('page-gone')
  const answer = await askPage(storageKey, {
    kind: 'new-fetch',
    ...{ scope, id, title, allow },
    ...withForced(data),
  })
  if (abortAt && !answer.ok) removePlanned(plan)
  return answer
}

/**
 * So long the started fetch is waited for, in milliseconds. It may end before a page lists it, and a later one of its ID is
 * another fetch.
 */
const LISTED_WITHIN = 10_000

/** Ends the wait for the fetch that was started last. */
let stopWaiting = () => {}

/** Selects a fetch as soon as it is listed, unless another one is selected meanwhile, or it is not listed in time. */
function selectWhenListed({ storageKey, scope }: StartTarget, id: string, known: ReadonlySet<string>): void {
  stopWaiting()
  const before = selectedKey.peek()
  let over = false
  const timer = setTimeout(() => end(), LISTED_WITHIN)
  const end = () => {
    over = true
    clearTimeout(timer)
    // It may end while the effect runs for the first time.
    queueMicrotask(() => dispose())
  }
  stopWaiting = end
  const dispose = effect(() => {
    revision.value
    if (over) return
    if (selectedKey.peek() !== before) return end()
    const started = tabModel().fetches.find(
      (one) => one.id === id && one.scope === scope && one.storageKey === storageKey && !known.has(one.key),
    )
    if (!started) return
    end()
    selectedKey.value = started.key
  })
}

/** The same as `startNewFetch()`; the fetch is selected as soon as it is listed. */
export async function startAndSelect(target: StartTarget, data: NewFetchData): Promise<PageAnswer> {
  const known = new Set(tabModel().fetches.map(({ key }) => key))
  const answer = await startNewFetch(target, data)
  if (answer.ok) selectWhenListed(target, data.id, known)
  return answer
}
