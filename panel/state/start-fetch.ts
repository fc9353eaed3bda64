import { effect } from '@preact/signals'
import type { NewRequest } from '../../protocol/new-fetch'
import type { PageAnswer } from '../../protocol/page-requests'
import type { Fetch } from '../model/session/view'
import { mayAllow } from './allow-downloads'
import { askPage } from './session/ask-page'
import { selectedKey } from './session/selection'
import { revision, tabModel } from './session/session'

/** The registration that a fetch is started in. */
export type StartTarget = Pick<Fetch, 'storageKey' | 'scope'>

/** What a fetch is started with. */
export interface NewFetchData {
  readonly id: string
  readonly title: string
  readonly requests: readonly NewRequest[]
  /** In bytes; 0 for none. */
  readonly downloadTotal: number
}

/** Has a page start a fetch. */
export async function startNewFetch(
  { storageKey, scope }: StartTarget,
  { requests, ...data }: NewFetchData,
): Promise<PageAnswer> {
  const allow = await mayAllow()
  return askPage(storageKey, { kind: 'new-fetch', scope, allow, requests: [...requests], ...data })
}

/** Ends the wait for the fetch that was started last. */
let stopWaiting = () => {}

/** Selects a fetch as soon as it is listed, unless another one is selected meanwhile. */
function selectWhenListed({ storageKey, scope }: StartTarget, id: string, known: ReadonlySet<string>): void {
  stopWaiting()
  const before = selectedKey.peek()
  let over = false
  const end = () => {
    over = true
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
