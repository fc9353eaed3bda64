import type { BodyOf, SessionEvent } from '../../../protocol/events'
import type { Rows } from './rows'
import type { Frame, View } from './session-view'

/** The pages of the tab, as far as bridges report from them. */
export interface Pages {
  readonly frames: ReadonlyMap<string, Frame>
  /** Why no bridge could be put into the page. */
  readonly unreachable: View['unreachable']
  apply(event: SessionEvent, body: BodyOf<'frame' | 'unreachable' | 'storage-baseline' | 'inventory'>): void
  /** This document is gone. */
  gone(document: string): void
  /** Nobody watches the tab any more. */
  unwatched(): void
  /** The page may be reached now. */
  tryAgain(): void
}

/** Follows which pages report, and whether one can. */
export function createPages(rows: Rows): Pages {
  const frames = new Map<string, Frame>()
  let unreachable: View['unreachable'] = null

  const reported = (event: SessionEvent, body: BodyOf<'frame'>) => {
    const { document, storageKey } = event
    const known = document ? frames.get(document) : undefined
    const { storageRead = false, listed = false } = known ?? {}
    const frame = { ...body, storageKey: storageKey ?? '', storageRead, listed }
    if (document) frames.set(document, { ...frame, document })
    if (body.top) unreachable = null
    // Only what a reader can act on: the first sight of a page, and a change of its workers.
    if (!known || known.scopes.join('\n') !== body.scopes.join('\n')) rows.add(event, null)
  }

  const set = ({ document }: SessionEvent, known: Partial<Frame>) => {
    const frame = document ? frames.get(document) : undefined
    if (frame) frames.set(frame.document, { ...frame, ...known })
  }

  return {
    frames,
    get unreachable() {
      return unreachable
    },
    apply(event, body) {
      switch (body.type) {
        case 'frame':
          return reported(event, body)
        case 'unreachable':
          if (unreachable?.reason === body.reason && unreachable.url === body.url) return
          unreachable = body
          break
        case 'inventory':
          return set(event, { listed: true })
        case 'storage-baseline':
          set(event, { storageRead: true })
      }
      rows.add(event, null)
    },
    gone: (document) => void frames.delete(document),
    unwatched: () => frames.clear(),
    tryAgain() {
      unreachable = null
    },
  }
}
