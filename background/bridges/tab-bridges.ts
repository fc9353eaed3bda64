import type { BackgroundForPanel } from '../../protocol/commands'
import type { Handle } from '../../protocol/handle'
import type { ColdStart } from '../../protocol/planned-aborts'
import type { PortLike } from '../../wire/port-rpc'
import type { Recorder } from '../store/recorder'
import { createRefusals } from '../store/refusals'
import { acceptBridge, type Bridge, bridgeOf } from './bridges'
import { createFollowUp, type FollowUp } from './follow-up'
import { createPageAnswers, type PageAnswers } from './page-answers'
import { createPendingAborts } from './pending-aborts'
import { createPlannedAborts, type PlannedAborts } from './planned-aborts'
import { sourceOf } from './report-source'
import { createStorageChanges } from './storage-changes'
import { createWaiting } from './waiting'

/**
 * How long an end that was connected before a restart of the worker gets to come back, and how long a command
 * waits for the bridge of its fetch, in milliseconds.
 */
export const RETURN_GRACE = 3000

/** How often it is checked meanwhile whether the document of such an end is still there, in milliseconds. */
const CHECK_EVERY = 50

/** What the bridges need to know of the session that they report to. */
export interface TabBridgesNeeds {
  readonly recorder: Promise<Recorder>
  /** Fetches are to be looked for. */
  readonly looking: () => boolean
  /** What happens in the tab is being recorded. */
  readonly watching: () => boolean
  /** Called when a bridge that came has been there for {@link RETURN_GRACE}. */
  settled(made: Recorder): void
  /** Called before reports are recorded. */
  reporting(): void
  /** URLs under which the caches of this storage key may hold something. */
  namedUrls(storageKey: string): readonly string[]
  /** Called when a bridge joined. */
  joined(): void
  /** Whether the tab shows this document now. */
  shows(document: string): Promise<boolean>
  /** Stops the workers of a scope that run. */
  stopWorkers(storageKey: string, scope: string): Promise<ColdStart>
}

export interface TabBridges
  extends Pick<BackgroundForPanel, 'abort'>,
    PageAnswers,
    Pick<PlannedAborts, 'planAbort' | 'removePlannedAbort'> {
  /** An event in a worker is over. */
  ended: FollowUp['ended']
  accept(port: PortLike, document: string, origin?: string): void
  /** Sends each bridge its mode. */
  setModes(): void
  /** Origins of the frames whose storage is not partitioned. */
  origins(): Iterable<string>
  /** Something may have begun in this origin. */
  lookNow(origin: string): void
  /** `lookNow()` is called at once when a fetch of these origins begins. */
  setAnnounced(origins: ReadonlySet<string>): void
  /** The browser reports that the storage of this origin changed, at this moment in epoch milliseconds. */
  storageChanged(origin: string, at: number, isList: boolean): void
  /** Sends all bridges away. */
  leave(): void
  /** Notes those documents as gone whose bridges do not come back after a restart of the worker. */
  expect(documents: ReadonlyMap<string, string | null>): void
}

/** The bridges in the frames of one tab: records what they report, and gives them the panel's commands. */
export function createTabBridges(needs: TabBridgesNeeds): TabBridges {
  const { recorder } = needs
  /** One whose port was dropped keeps its place until it is back, or known to be gone. */
  const bridges = new Map<string, Bridge>()
  const dropped = new Set<Bridge>()
  /** Those that were sent away. */
  const dismissed = new WeakSet<Bridge>()
  /** Those that came while nobody watched: of a page that comes back by the Back button. */
  const unasked = new Set<Bridge>()
  const waiting = createWaiting()
  let announced: ReadonlySet<string> = new Set()

  /** The page chooses the producer's name: it is trusted only together with the document, which the browser names. */
  const keyOf = ({ document, producer }: Bridge) => JSON.stringify([document, producer])
  const connected = () => [...bridges.values()].filter((bridge) => !dropped.has(bridge))

  const refuse = createRefusals(
    async (detail, about: { document: string; storageKey: string }) =>
      void (await recorder).note('page', { type: 'refused', detail }, about),
  )

  let journal: Recorder['journal'] | undefined
  void recorder.then((made) => {
    journal = made.journal
  })
  const followUp = createFollowUp(
    () => journal?.events ?? [],
    (handle) => bridgeOf(bridges.values(), handle) !== undefined,
  )

  /** One bridge looks for each storage key: the others would only see the same once more. */
  const setModes = () => {
    const taken = new Set<string>()
    for (const bridge of bridges.values()) {
      const lead = !taken.has(bridge.storageKey)
      taken.add(bridge.storageKey)
      if (dropped.has(bridge)) continue
      if (lead && needs.watching()) followUp.led(bridge)
      const announcesNewFetches = announced.has(bridge.storageKey)
      const namedUrls = lead ? needs.namedUrls(bridge.storageKey) : []
      const mode = { lead, look: needs.looking(), announcesNewFetches, namedUrls }
      void bridge.rpc.setMode.asEvent(mode).catch(() => {})
    }
  }

  const frameGone = (made: Recorder, document: string, storageKey: string | null) => {
    const unwatched = ![...bridges.values()].some((bridge) => bridge.storageKey === storageKey)
    made.note('page', { type: 'frame-gone', unwatched }, { document, storageKey })
  }

  /** After a restart the bridges come back by themselves, one after the other. */
  const reach = (handle: Handle) => waiting.find(() => bridgeOf(connected(), handle), RETURN_GRACE)

  const find = (is: (bridge: Bridge) => boolean) => waiting.find(() => connected().find(is), RETURN_GRACE)
  const answers = createPageAnswers({ connected, reach, find })
  const aborts = createPendingAborts(recorder, reach)
  const plannedAborts = createPlannedAborts({
    recorder,
    reach,
    leaderOf: (storageKey) =>
      waiting.find(() => {
        const leader = [...bridges.values()].find((bridge) => bridge.storageKey === storageKey)
        return leader && !dropped.has(leader) ? leader : undefined
      }, RETURN_GRACE),
    bridgeIn: (document) => find((bridge) => bridge.document === document),
    stopWorkers: needs.stopWorkers,
  })

  /** A bridge has another port: what was under way goes on. */
  const comeBack = (before: Bridge, bridge: Bridge) => {
    dropped.delete(before)
    followUp.left(before)
    if (unasked.delete(before)) unasked.add(bridge)
    aborts.cameBack(before, bridge)
  }

  /** Whether a bridge whose port was dropped comes back; not any more when its document is gone. */
  const comesBack = async (bridge: Bridge): Promise<boolean> => {
    const isBack = () => bridges.get(keyOf(bridge)) !== bridge || undefined
    // A document has one bridge at a time.
    const isReplaced = () => connected().some(({ document }) => document === bridge.document)
    const until = Date.now() + RETURN_GRACE
    while (Date.now() < until && !dismissed.has(bridge) && (await needs.shows(bridge.document))) {
      if (isReplaced() && !isBack()) return false
      if (await waiting.find(isBack, CHECK_EVERY)) return true
    }
    return isBack() ?? false
  }
  const changes = (isList: boolean) =>
    createStorageChanges((origin, at) => {
      for (const { storageKey, rpc } of connected()) {
        if (storageKey === origin) void rpc.storageChanged.asEvent(at, isList).catch(() => {})
      }
    })
  const [listChanged, contentChanged] = [changes(true), changes(false)]

  return {
    setModes,
    origins: () =>
      connected()
        .map(({ storageKey }) => storageKey)
        .filter((storageKey) => URL.canParse(storageKey)),
    lookNow(origin) {
      for (const { storageKey, rpc } of connected()) {
        if (storageKey === origin) void rpc.lookNow.asEvent().catch(() => {})
      }
    },
    setAnnounced(origins) {
      announced = origins
      setModes()
    },
    storageChanged: (origin, at, isList) => (isList ? listChanged : contentChanged)(origin, at),
    ...answers,
    ended: followUp.ended,
    planAbort: plannedAborts.planAbort,
    removePlannedAbort: plannedAborts.removePlannedAbort,
    leave() {
      for (const bridge of connected()) {
        dismissed.add(bridge)
        void bridge.rpc.leave.asEvent().catch(() => {})
      }
    },
    expect(documents) {
      if (documents.size === 0) return
      setTimeout(async () => {
        const made = await recorder
        const there = new Set([...bridges.values()].map((bridge) => bridge.document))
        for (const [document, storageKey] of documents) {
          if (!there.has(document)) frameGone(made, document, storageKey)
        }
      }, RETURN_GRACE)
    },
    abort: aborts.abort,
    accept(port, document, origin) {
      acceptBridge(port, document, origin, {
        joined(bridge) {
          const before = bridges.get(keyOf(bridge))
          bridges.set(keyOf(bridge), bridge)
          if (before) comeBack(before, bridge)
          needs.joined()
          waiting.changed()
          // Whether the tab is recorded is known only then.
          void recorder.then((made) => {
            if (!needs.watching() && bridges.get(keyOf(bridge)) === bridge) unasked.add(bridge)
            setModes()
            setTimeout(() => needs.settled(made), RETURN_GRACE)
          })
        },
        async reported(bridge, reports, refused) {
          const made = await recorder
          needs.reporting()
          const { producer, document, storageKey } = bridge
          for (const { body } of reports) if (body.type === 'abort-answered') aborts.answered(body.command)
          const saved = made.record(
            reports.map((report) => ({
              ...{ ...report, producer, document, storageKey },
              source: sourceOf(report.body),
            })),
          )
          if (refused) refuse(refused, { document, storageKey })
          await saved
        },
        coldStart: plannedAborts.coldStart,
        async left(bridge) {
          followUp.left(bridge)
          if (bridges.get(keyOf(bridge)) !== bridge) return
          dropped.add(bridge)
          if (await comesBack(bridge)) return
          dropped.delete(bridge)
          bridges.delete(keyOf(bridge))
          const alone = unasked.delete(bridge)
          const made = await recorder
          aborts.gone(bridge)
          if (needs.watching() || alone) frameGone(made, bridge.document, bridge.storageKey)
          setModes()
        },
      })
    },
  }
}
