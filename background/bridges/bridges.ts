import type { BirpcReturn } from 'birpc'
import * as v from 'valibot'
import { type BackgroundForBridge, type BridgeFunctions, Hello } from '../../protocol/commands'
import { PageReport } from '../../protocol/events'
import { type Handle, isHandleOf } from '../../protocol/handle'
import { isNearArrival, Seq } from '../../protocol/numbers'
import type { ColdStart } from '../../protocol/planned-aborts'
import { now } from '../../wire/clock'
import { type PortLike, rpcOverPort } from '../../wire/port-rpc'
import { storageKeyOf } from './storage-key'

export interface Bridge {
  readonly producer: string
  readonly document: string
  readonly storageKey: string
  /** Of the tab's own document, and not of one in a frame. */
  readonly top: boolean
  readonly rpc: BirpcReturn<BridgeFunctions, BackgroundForBridge>
}

export interface BridgeEvents {
  joined(bridge: Bridge): void
  /** Resolves when the reports are safe. */
  reported(bridge: Bridge, reports: readonly PageReport[], refused: string): Promise<void>
  /** The moment of a planned abort has come, before which the worker is to be stopped. */
  coldStart(bridge: Bridge, command: string, scope: string): Promise<ColdStart>
  left(bridge: Bridge): void
}

/** So many reports may come in a message. */
const MAX_REPORTS = 10_000

/** The plan by its name, and the scope of the worker. */
const ColdStartRequest = v.tuple([
  v.pipe(v.string(), v.maxLength(1024)),
  v.pipe(v.string(), v.maxLength(16_384)),
])

const Numbered = v.object({ seq: Seq })

/** What a bridge says comes from the page's process: it is checked before anything reads it. */
function checked(reports: unknown): { good: PageReport[]; refused: string } {
  const list = v.safeParse(v.array(v.unknown()), reports)
  if (!list.success) return { good: [], refused: v.summarize(list.issues).slice(0, 500) }
  const good: PageReport[] = []
  let refused = list.output.length > MAX_REPORTS ? `more than ${MAX_REPORTS} reports at once` : ''
  const arrivedAt = now()
  for (const report of list.output.slice(0, MAX_REPORTS)) {
    const result = v.safeParse(PageReport, report)
    if (!result.success) refused ||= v.summarize(result.issues).slice(0, 500)
    else if (!isNearArrival(result.output.at, arrivedAt)) refused ||= 'at: not near the time of arrival'
    else good.push(result.output)
  }
  return { good, refused }
}

/** The highest number of a report, whatever else is wrong with it: what was refused is not to be sent again. */
function highest(reports: unknown): number {
  let seq = 0
  if (!Array.isArray(reports)) return seq
  for (const report of reports) {
    const result = v.safeParse(Numbered, report)
    if (result.success) seq = Math.max(seq, result.output.seq)
  }
  return seq
}

/**
 * Speaks with the bridge at the other end of the port, and says when it joins, reports and leaves.
 *
 * @param origin of the frame, where the browser says it: a page's process could claim another one
 */
export function acceptBridge(
  port: PortLike,
  document: string,
  origin: string | undefined,
  events: BridgeEvents,
): void {
  let bridge: Bridge | undefined
  const rpc = rpcOverPort<BridgeFunctions, BackgroundForBridge>(port, {
    hello(said) {
      const hello = v.safeParse(Hello, said)
      if (bridge || !hello.success) return
      const { producer, ancestorOrigins } = hello.output
      bridge = {
        producer,
        document,
        storageKey: storageKeyOf(origin ?? hello.output.origin, ancestorOrigins),
        top: ancestorOrigins.length === 0,
        rpc,
      }
      events.joined(bridge)
    },
    async report(reports) {
      if (!bridge) return 0
      const { good, refused } = checked(reports)
      await events.reported(bridge, good, refused)
      return highest(reports)
    },
    async coldStart(...said) {
      const asked = v.safeParse(ColdStartRequest, said)
      return bridge && asked.success ? events.coldStart(bridge, ...asked.output) : 'not-stopped'
    },
  })
  port.onDisconnect.addListener(() => {
    if (bridge) events.left(bridge)
  })
}

/** The bridge that follows the fetch. */
export const bridgeOf = (bridges: Iterable<Bridge>, handle: Handle): Bridge | undefined =>
  [...bridges].find((bridge) => isHandleOf(handle, bridge.producer))
