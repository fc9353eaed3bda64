import type { BackgroundForBridge, BridgeFunctions, BridgeMode } from '../../protocol/commands'
import { BRIDGE_PORT } from '../../protocol/commands'
import type { Handle } from '../../protocol/handle'
import type { PageBody } from '../../protocol/page-events'
import { createOutbox } from '../../wire/outbox'
import { rpcOverPort } from '../../wire/port-rpc'
import { type Connection, reconnecting } from '../../wire/reconnect'
import { thisPage } from './page'
import { createPageRequests } from './page-requests'
import { createPlannedAborts } from './planned-aborts'
import { framePlatform } from './platform'
import { readRecords } from './records'
import { createSeenRequests } from './seen-requests'
import { errorText } from './snapshot'
import { createAuditor } from './storage/auditor'
import { createWatcher } from './watching/watcher'

/** How many reports wait in a page while the extension does not answer. */
const OUTBOX_BOUND = 5000
/** How many commands are remembered: one that comes once more comes within seconds. */
const MAX_TAKEN = 1000

/** The isolated world is ours alone, so the page can neither see nor set this. */
const world = globalThis as { backgroundFetchBridge?: true }

function enter(): void {
  world.backgroundFetchBridge = true
  // crypto.randomUUID() is for secure contexts only, and this runs in others as well.
  const producer = `bridge-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`
  let background: BackgroundForBridge | undefined

  const outbox = createOutbox<PageBody>(
    (batch) => background?.report(batch),
    OUTBOX_BOUND,
    (count) => ({ type: 'events-lost', count }),
  )
  const platform = framePlatform()
  const plannedAborts = createPlannedAborts({
    find: (handle) => watcher.find(handle),
    report: outbox.put,
    abort: (handle, command) => void abort(handle, command),
    requestsRead: (handle) => auditor.requestsRead(handle),
    coldStart: async (command, scope) => (await background?.coldStart(command, scope)) ?? 'not-stopped',
    changed: () => applyMode(),
  })

  const report = (body: PageBody, at?: number) => {
    outbox.put(body, at)
    plannedAborts.observe(body)
  }
  const seenRequests = createSeenRequests()
  const auditor = createAuditor(report, platform.getRegistrations, seenRequests.note)
  const watcher = createWatcher(platform, producer, report, auditor)

  let mode: BridgeMode | undefined
  const applyMode = () => {
    if (!mode) return
    // Where an abort is planned for a fetch that has yet to begin, it is looked for also while no panel is in front.
    void watcher.setMode({ ...mode, look: mode.look || plannedAborts.expectsFetch })
  }

  let connection: Connection | undefined
  const leave = () => {
    removeEventListener('pageshow', onShow)
    removeEventListener('pagehide', onHide)
    plannedAborts.stop()
    watcher.stop()
    connection?.end()
    delete world.backgroundFetchBridge
  }

  /** The browser closes the port of a page that it keeps aside for Back, and the page does not hear of it. */
  const onShow = ({ persisted, isTrusted }: PageTransitionEvent) => {
    if (!persisted || !isTrusted) return
    leave()
    enter()
  }
  addEventListener('pageshow', onShow)

  /** Nothing is to be aborted when the page comes back: a person has left it. */
  const onHide = ({ isTrusted }: PageTransitionEvent) => {
    if (isTrusted) plannedAborts.drop()
  }
  addEventListener('pagehide', onHide)

  /** Commands that were taken: one may come once more when the background was stopped meanwhile. */
  const taken = new Set<string>()
  const abort = async (handle: Handle, command: string) => {
    if (taken.has(command)) return
    taken.add(command)
    const [oldest] = taken
    if (taken.size > MAX_TAKEN && oldest !== undefined) taken.delete(oldest)
    const answer = (outcome: Extract<PageBody, { type: 'abort-answered' }>['outcome']) =>
      outbox.put({ type: 'abort-answered', handle, command, outcome })
    const followed = watcher.find(handle)
    if (!followed || followed.settled) return answer({ kind: 'already-finished' })
    try {
      answer({ kind: 'resolved', value: await followed.registration.abort() })
    } catch (error) {
      answer({ kind: 'rejected', error: errorText(error) })
    }
  }

  const functions: BridgeFunctions = {
    setMode(next) {
      auditor.setNamedUrls(next.namedUrls)
      mode = next
      if (!next.lead) plannedAborts.drop()
      applyMode()
    },
    lookNow: watcher.lookNow,
    looked: watcher.looked,
    abort(handle, command) {
      plannedAborts.aborting(handle)
      void abort(handle, command)
    },
    planAbort: plannedAborts.plan,
    removePlannedAbort: plannedAborts.remove,
    async records(handle, offset, limit) {
      const followed = watcher.find(handle)
      if (!followed) return { ok: false, problem: { kind: 'released' } }
      return readRecords(followed.registration, offset, limit)
    },
    snapshotFor: auditor.snapshotFor,
    storageChanged: auditor.changeReported,
    ask: createPageRequests(
      thisPage({
        requestsOf: seenRequests.of,
        started: watcher.started,
        report: outbox.put,
        itemDeleted: auditor.itemDeleted,
      }),
    ),
    permission: platform.permission,
    leave,
  }

  connection = reconnecting(
    () => chrome.runtime.connect({ name: BRIDGE_PORT }),
    (port) => {
      const rpc = rpcOverPort<BackgroundForBridge, BridgeFunctions>(port, functions)
      background = rpc
      port.onDisconnect.addListener(() => {
        if (background === rpc) background = undefined
      })
      void rpc.hello
        .asEvent({ producer, origin: globalThis.origin, ancestorOrigins: [...location.ancestorOrigins] })
        .then(() => outbox.resend())
    },
    leave,
  )
}

if (!world.backgroundFetchBridge) enter()
