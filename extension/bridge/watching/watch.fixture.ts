import type { PageBody } from '../../../protocol/page-events'
import { now } from '../../../wire/clock'
import { FakePlatform } from '../platform.fixture'
import { createWatcher } from './watcher'

export const SCOPE = 'https://pod.example/'

type Emitted<T extends PageBody['type']> = Extract<PageBody, { type: T }>

/** A watcher in a frame with one service worker, and all that it reported. For tests, with fake timers. */
export function watchFrame() {
  const platform = new FakePlatform()
  platform.register(SCOPE)
  const emitted: { body: PageBody; at: number }[] = []
  const watcher = createWatcher(platform, 'bridge-1', (body, at = now()) => emitted.push({ body, at }))
  const of = <T extends PageBody['type']>(type: T): Emitted<T>[] =>
    emitted.map(({ body }) => body).filter((body): body is Emitted<T> => body.type === type)
  return {
    platform,
    watcher,
    emitted,
    of,
    types: () => emitted.map(({ body }) => body.type),
    look: (announced = false) =>
      watcher.setMode({ lead: true, look: true, announcesNewFetches: announced, namedUrls: [] }),
    rest: () => watcher.setMode({ lead: true, look: false, announcesNewFetches: false, namedUrls: [] }),
    /** Another bridge leads. */
    stepDown: () => watcher.setMode({ lead: false, look: true, announcesNewFetches: false, namedUrls: [] }),
  }
}

/** Two fetches that are followed, of which the second has just succeeded. For tests. */
export async function watchTwo() {
  const frame = watchFrame()
  const running = frame.platform.start(SCOPE, 'running')
  const ended = frame.platform.start(SCOPE, 'ended')
  await frame.look()
  ended.succeed()
  return { ...frame, running, ended }
}
