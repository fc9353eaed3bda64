import type { BackgroundForPanel } from '../../protocol/commands'
import type { SessionEvent } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import type { AbortPlan, ColdStart } from '../../protocol/planned-aborts'
import { onRecord } from '../store/on-record'
import type { Recorder } from '../store/recorder'
import type { Bridge } from './bridges'

/** What planned aborts need of the bridges of a tab. */
interface Needs {
  readonly recorder: Promise<Recorder>
  /** The bridge that follows a fetch, as soon as it is connected. */
  reach(handle: Handle): Promise<Bridge | undefined>
  /** The bridge that finds the fetches of a storage key, as soon as it is connected. */
  leaderOf(storageKey: string): Promise<Bridge | undefined>
  /** The bridge in a document, as soon as it is connected. */
  bridgeIn(document: string): Promise<Bridge | undefined>
  /** Stops the workers of a scope that run. */
  stopWorkers(storageKey: string, scope: string): Promise<ColdStart>
}

export interface PlannedAborts extends Pick<BackgroundForPanel, 'planAbort' | 'removePlannedAbort'> {
  /** A bridge is about to abort a fetch, whose worker is to be stopped before where its plan says so. */
  coldStart(bridge: Bridge, command: string, scope: string): Promise<ColdStart>
}

/** The event that says that an abort was planned. */
const planOf = (events: readonly SessionEvent[], command: string): SessionEvent | undefined =>
  onRecord(events, command).find(
    ({ body }) => body.type === 'abort-planned' || body.type === 'next-abort-planned',
  )

/** Gives plans to the bridges, and notes them; what becomes of each is reported by its bridge. */
export function createPlannedAborts(needs: Needs): PlannedAborts {
  /** A page's process could ask again and again. */
  const coldStarted = new Set<string>()

  const bodyOf = ({ target, command, moment, cold }: AbortPlan) =>
    target.kind === 'fetch'
      ? ({ type: 'abort-planned', handle: target.handle, command, moment, cold } as const)
      : ({ type: 'next-abort-planned', pattern: target.pattern, command, moment, cold } as const)

  return {
    async planAbort(plan) {
      const { target, command } = plan
      const made = await needs.recorder
      const bridge =
        target.kind === 'fetch' ? await needs.reach(target.handle) : await needs.leaderOf(target.storageKey)
      if (!bridge) return false
      const { document, storageKey } = bridge
      const before = planOf(made.journal.events, command)
      // The plan ended with the bridge that had it.
      if (before && before.document !== document) return false
      const safe = before ? undefined : made.note('panel', bodyOf(plan), { document, storageKey })
      // One whose port drops meanwhile is asked again by its next request, or is gone, which is noted.
      await bridge.rpc.planAbort(plan).catch(async () => {
        const again = await needs.bridgeIn(document)
        await again?.rpc.planAbort(plan).catch(() => {})
      })
      await safe
      return true
    },
    async removePlannedAbort(command) {
      const { journal } = await needs.recorder
      const document = planOf(journal.events, command)?.document
      const bridge = document ? await needs.bridgeIn(document) : undefined
      await bridge?.rpc.removePlannedAbort(command).catch(() => {})
    },
    async coldStart({ document, storageKey }, command, scope) {
      const { journal } = await needs.recorder
      const plan = planOf(journal.events, command)
      // The page is not trusted: the plan was recorded when a person made it.
      if (!plan || plan.document !== document || !('cold' in plan.body) || !plan.body.cold)
        return 'not-stopped'
      if (coldStarted.has(command)) return 'not-stopped'
      coldStarted.add(command)
      return needs.stopWorkers(storageKey, scope)
    },
  }
}
