import type { BirpcReturn } from 'birpc'
import type { BackgroundForPanel, PanelFunctions } from '../../protocol/commands'
import { type BackgroundFetchEventName, eventNames } from '../../protocol/event-names'
import type { SessionEvent } from '../../protocol/events'
import { ConnectionClosedError, type PortLike, rpcOverPort } from '../../wire/port-rpc'
import { createDelivery, type Delivery } from './delivery'

/** A port that the background can close. */
export interface ClosablePort extends PortLike {
  disconnect(): void
}

interface Panel {
  readonly port: ClosablePort
  readonly rpc: BirpcReturn<PanelFunctions, BackgroundForPanel>
  readonly delivery: Delivery
  visible: boolean
  trace: boolean
  pauseOn: readonly BackgroundFetchEventName[]
}

export interface PanelActions
  extends Omit<BackgroundForPanel, 'attach' | 'setVisible' | 'setTrace' | 'setPauseOn' | 'ping'> {
  /** Gives what the panel lacks, in the turn in which it is looked up: what comes later is sent. */
  missing(
    have: Readonly<Record<string, number>>,
    give: (events: readonly SessionEvent[]) => void,
  ): Promise<void>
  /** Tracing was switched on by a person, also where it was on and has failed. */
  traceAgain(): Promise<void>
  /** A panel came, went, was shown or hidden. `fresh`: it came with nothing in its hands. */
  changed(fresh: boolean): void
}

export interface Panels {
  /** @param actions what the panel's commands do */
  accept(port: ClosablePort, actions: PanelActions): void
  /** Sends all panels away; they come back by themselves. */
  dismiss(): void
  send(events: readonly SessionEvent[]): void
  readonly size: number
  readonly anyVisible: boolean
  readonly anyTracing: boolean
  /** Events that any of them wants the workers to pause on. */
  readonly pauseOn: readonly BackgroundFetchEventName[]
}

/** The panels that watch one tab. */
export function createPanels(): Panels {
  const panels = new Set<Panel>()

  return {
    accept(port, actions) {
      // A panel calls commands only.
      const { missing, changed, traceAgain, ...commands } = actions
      const rpc = rpcOverPort<PanelFunctions, BackgroundForPanel>(port, {
        ...commands,
        async attach({ have, visible, trace, pauseOn }) {
          panel.visible = visible
          panel.trace = trace
          panel.pauseOn = pauseOn
          await panel.delivery.attach(have)
          changed(Object.keys(have).length === 0)
        },
        setVisible(visible) {
          panel.visible = visible
          changed(false)
        },
        async setTrace(trace) {
          panel.trace = trace
          changed(false)
          if (trace) await traceAgain()
        },
        setPauseOn(names) {
          panel.pauseOn = names
          changed(false)
        },
        ping() {},
      })
      const delivery = createDelivery((batch) => rpc.events(batch), missing)
      const panel: Panel = { port, rpc, delivery, visible: true, trace: false, pauseOn: [] }
      panels.add(panel)
      port.onDisconnect.addListener(() => {
        panels.delete(panel)
        delivery.close()
        changed(false)
      })
    },
    dismiss() {
      for (const { port, rpc } of panels) {
        rpc.$close(new ConnectionClosedError())
        port.disconnect()
      }
      panels.clear()
    },
    send(events) {
      for (const { delivery } of panels) delivery.send(events)
    },
    get size() {
      return panels.size
    },
    get anyVisible() {
      return [...panels].some((panel) => panel.visible)
    },
    get anyTracing() {
      return [...panels].some((panel) => panel.trace)
    },
    get pauseOn() {
      return eventNames.filter((name) => [...panels].some(({ pauseOn }) => pauseOn.includes(name)))
    },
  }
}
