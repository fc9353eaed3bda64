import type { BridgeMode, Looked } from '../../../protocol/commands'
import { type Handle, handleOf } from '../../../protocol/handle'
import type { PageBody } from '../../../protocol/page-events'
import { now } from '../../../wire/clock'
import type { BackgroundFetchRegistration, Platform, Registration } from '../platform'
import { errorText } from '../snapshot'
import { type Follow, type Found, follow } from './follow'
import { createFrameReport } from './frame-report'
import { createListings } from './listings'
import { createLooks } from './looks'
import { createMissing } from './missing'
import type { Observer } from './observer'
import { createRegistrations } from './registrations'

/** Milliseconds between two looks, while the panel is visible. */
const LOOK_INTERVAL = 220
/** The same where the browser reports each new fetch. */
const LOOK_INTERVAL_ANNOUNCED = 1000
/** Milliseconds between two looks at least, however often something may have begun. */
const MIN_LOOK_INTERVAL = 20

export interface Watcher {
  /**
   * Looks at once and then continuously while it is to look; goes on following what is known when it is not
   * to; drops everything when another bridge leads. Resolves after the first look.
   */
  setMode(mode: BridgeMode): Promise<void>
  /** A fetch may have begun: looks at once, if it is to look at all. */
  lookNow(): void
  /** When it has looked, without a pause up to now; null where it does not look. */
  looked(): Looked | null
  /** This script has started a fetch, as a page of the site would: it is followed from there on. */
  started(scope: string, fetch: BackgroundFetchRegistration): Promise<void>
  find(handle: Handle): Follow | undefined
  stop(): void
}

/** Finds the active fetches of every registration of the frame's origin, and follows each to its end. */
export function createWatcher(
  platform: Platform,
  producer: string,
  emit: (body: PageBody, at?: number) => void,
  observer?: Observer,
): Watcher {
  const follows = new Map<string, Follow>()
  const byHandle = new Map<Handle, Follow>()
  const missing = createMissing()
  let looking: boolean | undefined
  let stopped = false
  let first = true
  /** The fetches of all registrations were listed. */
  let inventoried = false
  /** Registrations whose fetches could not be listed by the last look. */
  let unlisted: ReadonlySet<string> = new Set()
  let handles = 0
  let round = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let announced = false
  /** The round that a look is under way for, and whether another one is to follow at once. */
  let underWay: number | undefined
  let again = false
  /** The browser has just reported that a fetch begins. */
  let called = false

  const frame = createFrameReport(platform, emit)
  const registrations = createRegistrations(platform)
  const looks = createLooks()
  const listings = createListings()
  const keyOf = (scope: string, id: string) => JSON.stringify([scope, id])

  /** Follows the fetches of a registration, and returns whether all were found. */
  const lookInto = async (
    registration: Registration,
    listed: Set<string>,
    mine: number,
  ): Promise<boolean> => {
    const manager = registration.backgroundFetch
    if (!manager) return true
    const already = first || looks.late || unlisted.has(registration.scope)
    let complete = true
    try {
      const { ids, began } = await listings.list(registration.scope, () => manager.getIds())
      for (const id of ids) {
        const key = keyOf(registration.scope, id)
        listed.add(key)
        const known = follows.get(key)
        // The id may be in use again.
        if (known?.endUnheard) known.vanish('not-listed')
        else if (known && !known.settled) continue
        const found = await manager.get(id).catch(() => null)
        complete &&= found !== null
        // It may have ended meanwhile.
        if (found && mine === round && !stopped) followOne(found, registration, { already, began: began(id) })
      }
    } catch {
      // It may have been unregistered since the list was read.
      registrations.forget()
      return false
    }
    return complete
  }

  /** Follows a fetch, unless the one of its name that runs is followed already. */
  const followOne = (fetch: BackgroundFetchRegistration, registration: Registration, found: Found) => {
    const key = keyOf(registration.scope, fetch.id)
    const known = follows.get(key)
    if (known && !known.settled && !known.stopped) return
    const handle = handleOf(producer, ++handles)
    const followed = follow(fetch, registration, handle, found, {
      emit,
      reached: (...all) => observer?.reached(...all),
      isRegistered: () => isRegistered(registration.scope),
      online: () => platform.online,
    })
    follows.set(key, followed)
    byHandle.set(handle, followed)
  }

  const isRegistered = async (scope: string) =>
    (await platform.getRegistrations()).some((registration) => registration.scope === scope)

  const lookOnce = async (mine: number): Promise<number> => {
    if (!platform.secure || !platform.supported) {
      await frame.describe([], '')
      return Number.POSITIVE_INFINITY
    }
    const pace = announced ? LOOK_INTERVAL_ANNOUNCED : LOOK_INTERVAL
    const known = await registrations.read()
    if (stopped) return pace
    const scopes = known.map((registration) => registration.scope)
    await frame.describe(scopes, '')
    const listed = new Set<string>()
    const failed = new Set<string>()
    for (const registration of known) {
      if (!(await lookInto(registration, listed, mine))) failed.add(registration.scope)
    }
    if (mine !== round || stopped) return pace
    if (failed.size === 0) looks.done()
    else looks.interrupted()
    first = false
    unlisted = failed
    if (!inventoried && failed.size === 0) {
      inventoried = true
      emit({ type: 'inventory', handles: [...byHandle.keys()] })
    }
    frame.describeConnectivity()
    for (const [handle, followed] of byHandle) if (followed.stopped) byHandle.delete(handle)
    missing.notice(follows, { listed, scopes, failed })
    observer?.idle(byHandle.size === 0)
    return pace
  }

  const loop = async (mine: number) => {
    let wait: number
    underWay = mine
    again = false
    looks.begin(called)
    called = false
    try {
      wait = await lookOnce(mine)
    } catch (error) {
      // A sandboxed or detached frame refuses the platform's calls; it may work again later.
      looks.interrupted()
      await frame.describe([], errorText(error))
      wait = 1000
    }
    if (mine !== round || stopped) return
    underWay = undefined
    if (Number.isFinite(wait)) timer = setTimeout(loop, again ? MIN_LOOK_INTERVAL : wait, mine)
  }

  const lookNow = () => {
    if (!looking || stopped || !platform.secure || !platform.supported) return
    called = true
    // A site may have registered another worker for it.
    registrations.forget()
    if (underWay === round) {
      again = true
      return
    }
    clearTimeout(timer)
    const wait = looks.begunAt + MIN_LOOK_INTERVAL - now()
    if (wait <= 0) void loop(round)
    else timer = setTimeout(loop, wait, round)
  }

  const dropAll = () => {
    for (const followed of byHandle.values()) followed.stop()
    follows.clear()
    byHandle.clear()
    missing.clear()
    first = true
    inventoried = false
    unlisted = new Set()
    listings.interrupted()
    frame.connectivityUnknown()
  }

  const describeOnce = async () => {
    try {
      const usable = platform.secure && platform.supported
      const all = usable ? await platform.getRegistrations() : []
      await frame.describe(
        all.map((registration) => registration.scope),
        '',
      )
    } catch (error) {
      await frame.describe([], errorText(error))
    }
  }

  return {
    async setMode({ lead, look, announcesNewFetches: announcedNow }) {
      if (stopped) return
      if (!lead) dropAll()
      const on = lead && look
      const announcedBefore = announced && !announcedNow
      announced = announcedNow
      if (on === looking) {
        if (announcedBefore) lookNow()
        return
      }
      looking = on
      looks.interrupted()
      if (!on) observer?.idle(false)
      clearTimeout(timer)
      round++
      if (on) await loop(round)
      else if (!frame.described) await describeOnce()
    },
    lookNow,
    looked: () => looks.unbroken,
    async started(scope, fetch) {
      const mine = round
      const owner = (await registrations.read()).find((one) => one.scope === scope)
      if (!owner || !looking || mine !== round || stopped) return
      followOne(fetch, owner, { already: false, began: listings.beganNow(scope, fetch.id) })
    },
    find: (handle) => byHandle.get(handle),
    stop() {
      stopped = true
      clearTimeout(timer)
      frame.stop()
      dropAll()
      observer?.stop()
    },
  }
}
