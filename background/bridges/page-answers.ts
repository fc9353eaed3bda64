import * as v from 'valibot'
import { RecordsPage } from '../../protocol/attributes'
import { type BackgroundForPanel, Looked } from '../../protocol/commands'
import type { Handle } from '../../protocol/handle'
import { Permission } from '../../protocol/page-events'
import { PageAnswer, refusal } from '../../protocol/page-requests'
import { isPartitioned, originOfKey } from '../../protocol/storage-key'
import type { Bridge } from './bridges'

/** How long a page that is asked for what it knows gets to answer, in milliseconds. */
const ANSWERS = 1000

/** What pages are asked, whose answers are checked. */
export interface PageAnswers extends Pick<BackgroundForPanel, 'records' | 'askPage'> {
  /** Asks the tab's own document, if it is of this origin, for the state of the permission `background-fetch` now. */
  permission(origin: string): Promise<Permission>
  /** Asks when the fetches of this origin were looked for; null where none of its pages does, or not in all of its storage. */
  looked(origin: string): Promise<Looked | null>
}

interface Needs {
  connected(): readonly Bridge[]
  /** The bridge that follows a fetch, as soon as it is connected. */
  reach(handle: Handle): Promise<Bridge | undefined>
  /** The first bridge of this kind, as soon as one is connected. */
  find(is: (bridge: Bridge) => boolean): Promise<Bridge | undefined>
}

/** A page that goes away meanwhile, or is held up, has no answer. */
const inTime = <T>(answer: Promise<T> | undefined): Promise<T | undefined> => {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, ANSWERS))
  return Promise.race([late, answer?.catch(() => undefined)])
}

/** Asks the bridges of a tab. */
export function createPageAnswers({ connected, reach, find }: Needs): PageAnswers {
  return {
    async permission(origin) {
      const bridge = connected().find(({ storageKey, top }) => top && storageKey === origin)
      const checked = v.safeParse(Permission, await inTime(bridge?.rpc.permission()))
      return checked.success ? checked.output : 'unknown'
    },
    async looked(origin) {
      const ofOrigin = connected().filter(({ storageKey }) => originOfKey(storageKey) === origin)
      const [bridge] = ofOrigin
      // A frame may have a storage of its own, with its own fetches.
      if (!bridge || ofOrigin.some(({ storageKey }) => isPartitioned(storageKey))) return null
      const checked = v.safeParse(Looked, await inTime(bridge.rpc.looked()))
      return checked.success ? checked.output : null
    },
    async records(handle, offset, limit) {
      const bridge = await reach(handle)
      if (!bridge) return { ok: false, problem: { kind: 'page-gone' } }
      const answer = v.safeParse(RecordsPage, await bridge.rpc.records(handle, offset, limit))
      return answer.success ? answer.output : { ok: false, problem: { kind: 'bad-answer' } }
    },
    async askPage(storageKey, request, command) {
      const bridge = await find((one) => one.storageKey === storageKey)
      if (!bridge) return refusal('page-gone')
      try {
        const answer = v.safeParse(PageAnswer, await bridge.rpc.ask(request, command))
        return answer.success ? answer.output : refusal('bad-answer')
      } catch (error) {
        // Its port dropped: whether it was done is not known.
        return refusal('page-gone', String(error))
      }
    },
  }
}
