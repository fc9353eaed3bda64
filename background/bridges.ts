import type { BirpcReturn } from 'birpc'
import * as v from 'valibot'
import type { BackgroundForBridge, BridgeFunctions, Hello } from '../protocol/commands'
import { PageReport } from '../protocol/events'
import type { Handle } from '../protocol/handle'
import { type PortLike, rpcOverPort } from '../wire/port-rpc'
import { storageKeyOf } from './storage-key'

export interface Bridge {
  readonly producer: string
  readonly document: string
  readonly storageKey: string
  readonly rpc: BirpcReturn<BridgeFunctions, BackgroundForBridge>
}

export interface BridgeEvents {
  joined(bridge: Bridge): void
  /** Resolves when the reports are safe. */
  reported(bridge: Bridge, reports: readonly PageReport[], refused: string): Promise<void>
  left(bridge: Bridge): void
}

/** What a bridge says comes from the page's process: it is checked before anything reads it. */
function checked(reports: unknown): { good: PageReport[]; refused: string } {
  const list = v.safeParse(v.array(v.unknown()), reports)
  if (!list.success) return { good: [], refused: v.summarize(list.issues).slice(0, 500) }
  const good: PageReport[] = []
  let refused = ''
  for (const report of list.output.slice(0, 10_000)) {
    const result = v.safeParse(PageReport, report)
    if (result.success) good.push(result.output)
    else refused ||= v.summarize(result.issues).slice(0, 500)
  }
  return { good, refused }
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
    hello(hello: Hello) {
      if (bridge || typeof hello?.producer !== 'string' || !Array.isArray(hello.ancestorOrigins)) return
      bridge = {
        producer: hello.producer.slice(0, 100),
        document,
        storageKey: storageKeyOf(origin ?? String(hello.origin), hello.ancestorOrigins.map(String)),
        rpc,
      }
      events.joined(bridge)
    },
    async report(reports) {
      if (!bridge) return 0
      const { good, refused } = checked(reports)
      await events.reported(bridge, good, refused)
      return reports.at(-1)?.seq ?? 0
    },
  })
  port.onDisconnect.addListener(() => {
    if (bridge) events.left(bridge)
  })
}

/** The bridge that follows the fetch: a handle begins with the name of the bridge that gave it. */
export const bridgeOf = (bridges: ReadonlySet<Bridge>, handle: Handle): Bridge | undefined =>
  [...bridges].find((bridge) => handle.startsWith(`${bridge.producer}:`))
