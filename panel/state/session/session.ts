import { batch, signal } from '@preact/signals'
import type { BirpcReturn } from 'birpc'
import { checkedEvents } from '../../../protocol/checked-events'
import type { BackgroundForPanel, PanelFunctions } from '../../../protocol/commands'
import { PANEL_PORT } from '../../../protocol/commands'
import type { SessionEvent } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import { browser } from '../../../wire/browser'
import { now } from '../../../wire/clock'
import { rpcOverPort } from '../../../wire/port-rpc'
import { reconnecting } from '../../../wire/reconnect'
import { createModel, type Model } from '../../model/session/fold'
import type { SiteMatching } from '../../model/session-file/envelope'
import { createEventStore } from '../../model/session-file/event-store'
import { pauseOn } from '../pause-on'
import { watchRemotePage } from '../remote/remote-page'
import { settings } from '../settings'
import { type Command, createCommands } from './commands'
import { watchHeartbeat } from './heartbeat'
import { createIntake } from './intake'
import { nextTask } from './next-task'
import { onVisibility } from './visibility'

/**
 * How long what came waits for more of the same moment before all of it is drawn, in milliseconds, while workers
 * are traced: an abort is reported by the page and the worker in several messages, and the row of the end would wait
 * until those before it are drawn.
 */
const GATHER = 12

/** How often is drawn while events that came wait to be folded, in milliseconds. */
const DRAW_EVERY = 100

/** After how long an answer that did not come is asked for again, in milliseconds. */
const ATTACH_AGAIN = 1000

/** `no-tab`: DevTools inspects a target that is no tab of this browser. */
export type ConnectionState = 'connecting' | 'connected' | 'gone' | 'no-tab'

const live: Model = createModel(() => settings.preserve.value)
/** What the tab's model received. */
const eventStore = createEventStore(() => settings.preserve.value)

let drawn: Model = live
/** What is drawn: the tab as it is, or a session that was opened. Read `revision` first: it may be another one. */
export const model = (): Model => drawn

/** The tab as it is, whatever is drawn. */
export const tabModel = (): Model => live

/** A session that is over. */
export interface PastSession {
  /** What it is called, in a few words. */
  readonly title: string
  readonly events: readonly SessionEvent[]
  /** Matching rules that came with it. */
  readonly matching?: readonly SiteMatching[]
}

/** The past session that is drawn in place of the tab; null while the tab is. */
export const past = signal<PastSession | null>(null)

/** Changes whenever the model did: what is drawn reads it first, except rows. */
export const revision = signal(0)
/** The same for the rows of the log and of the table of fetches, a turn earlier: they are not to wait until all else is drawn. */
export const rowsRevision = signal(0)
export const connection = signal<ConnectionState>('connecting')
/** Since when the background does not answer, in epoch milliseconds; null as long as it does. */
export const silentSince = signal<number | null>(null)

let rpc: BirpcReturn<BackgroundForPanel, PanelFunctions> | undefined
let visible = true

const changed = () => {
  batch(() => {
    rowsRevision.value++
    revision.value++
  })
}

/** When what came is drawn; undefined when nothing waits for it. */
let due: ReturnType<typeof setTimeout> | 'soon' | undefined
/** The rows are drawn, and all else is about to be. */
let restDue = false

const drawRest = () => {
  restDue = false
  revision.value++
}

const draw = () => {
  due = undefined
  rowsRevision.value++
  if (restDue) return
  restDue = true
  nextTask(drawRest)
}

/** Names what the panel itself adds to the stream. */
const producer = `panel-${crypto.randomUUID()}`
let seq = 0

/** What is not an event is not shown, and that there was some is said. */
function checked(incoming: readonly unknown[]): SessionEvent[] {
  const { events, unreadable } = checkedEvents(incoming)
  if (unreadable > 0) {
    const body = { type: 'events-unreadable', count: unreadable } as const
    const about = { source: 'panel', document: null, storageKey: null } as const
    events.push({ producer, seq: ++seq, at: now(), ...about, body })
  }
  return events
}

/** Draws what was folded. `more`: other events wait to be folded, and take turns with drawing. */
function drawFolded(events: readonly SessionEvent[], more: boolean): void {
  if (due === 'soon') return
  if (more) {
    due ??= setTimeout(draw, DRAW_EVERY)
    return
  }
  // The start and the end of a fetch are what the reader waits for.
  const isAwaited = events.some(({ body }) => body.type === 'fetch-seen' || body.type === 'settled')
  if (settings.trace.peek() && !isAwaited) {
    due ??= setTimeout(draw, GATHER)
    return
  }
  clearTimeout(due)
  due = 'soon'
  nextTask(draw)
}

/** Takes events in; the only way in which the panel's view changes. */
const intake = createIntake({
  fold(incoming) {
    const events = checked(incoming)
    live.apply(events)
    eventStore.append(events)
  },
  folded: drawFolded,
  nextTask,
  now,
})

/** Up to when it is known what happened in the tab, in epoch milliseconds; see `Intake`. */
export const knownUntil = (): number => Math.min(intake.knownUntil(), silentSince.peek() ?? Infinity)

/** Draws a session that is over, as it was; the tab is watched all the same. */
export function showPast(session: PastSession): void {
  const opened = createModel(() => true)
  opened.apply(session.events)
  drawn = opened
  past.value = session
  changed()
}

/** Draws the tab again. */
export function showTab(): void {
  drawn = live
  past.value = null
  changed()
}

/** The events of what is drawn. */
export const drawnEvents = (): readonly SessionEvent[] => past.peek()?.events ?? eventStore.events

const commands = createCommands()

/** Asks the background for something that must not be lost; resolves with its answer. */
export const request = <T>(one: Command<T>): Promise<T> => commands.give(one)

/** The same where nobody waits for an answer: what becomes of it is in the log. */
export function command(one: Command): void {
  request(one).catch(() => {
    // There is no extension any more, which the panel says.
  })
}

/** Aborts a fetch. */
export function abort(handle: Handle): void {
  // A past session may name a fetch that runs in the tab.
  if (past.peek()) return
  const name = crypto.randomUUID()
  command((background) => background.abort(handle, name))
}

/**
 * Watches the tab through the background, for as long as the panel lives.
 *
 * @param tabId as DevTools gives it: it has none for a remote target
 */
export function watchTab(tabId: unknown): void {
  if (typeof tabId !== 'number') {
    connection.value = 'no-tab'
    watchRemotePage()
    return
  }
  const functions: PanelFunctions = { events: intake.take }
  reconnecting(
    () => browser.runtime.connect({ name: `${PANEL_PORT}:${tabId}` }),
    (port) => {
      const connected = rpcOverPort<BackgroundForPanel, PanelFunctions>(port, functions)
      rpc = connected
      port.onDisconnect.addListener(() => {
        if (rpc === connected) rpc = undefined
        commands.disconnected()
        connection.value = 'connecting'
      })
      const attach = () =>
        connected
          .attach({ visible, trace: settings.trace.peek(), pauseOn: pauseOn.peek(), have: live.have })
          .then(
            () => {
              connection.value = 'connected'
              if (rpc === connected) commands.connected(connected)
            },
            () => {
              // The worker stopped meanwhile: the next connection attaches again. Or it can't read what it wrote.
              if (rpc === connected) setTimeout(() => rpc === connected && void attach(), ATTACH_AGAIN)
            },
          )
      void attach()
    },
    () => {
      connection.value = 'gone'
      commands.end()
    },
  )
  // The messages also keep the background alive: it is stopped after 30 s without one.
  const heartbeat = watchHeartbeat({
    ping: () => rpc?.ping(),
    now,
    changed() {
      silentSince.value = heartbeat.silentSince
    },
  })

  onVisibility((now) => {
    visible = now
    // The next connection says it anew.
    rpc?.setVisible(now).catch(() => {})
  })
}
