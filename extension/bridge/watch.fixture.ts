import type { PageBody } from '../../protocol/page-events'
import { now } from '../../wire/clock'
import { FakePlatform } from './fake-platform'
import { createWatcher } from './watcher'

export const SCOPE = 'https://pod.example/'

type Told<T extends PageBody['type']> = Extract<PageBody, { type: T }>

/** A watcher in a frame with one service worker, and all that it told. For tests, with fake timers. */
export function watchFrame() {
  const platform = new FakePlatform()
  platform.register(SCOPE)
  const told: { body: PageBody; at: number }[] = []
  const watcher = createWatcher(platform, 'bridge-1', (body, at = now()) => told.push({ body, at }))
  const of = <T extends PageBody['type']>(type: T): Told<T>[] =>
    told.map(({ body }) => body).filter((body): body is Told<T> => body.type === type)
  return {
    platform,
    watcher,
    told,
    of,
    types: () => told.map(({ body }) => body.type),
    look: (told = false) => watcher.obey({ lead: true, look: true, told }),
    rest: () => watcher.obey({ lead: true, look: false, told: false }),
    step: () => watcher.obey({ lead: false, look: true, told: false }),
  }
}
