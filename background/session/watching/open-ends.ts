import type { SessionEvent } from '../../../protocol/events'
import { watchedAfter } from '../../../protocol/watching'

export interface OpenEnds {
  /** The tab was being watched. */
  watching: boolean
  /** A panel was there. */
  panelPresent: boolean
  /** It was to be recorded also without a panel. */
  recorded: boolean
  /** The person has cancelled tracing in the browser's bar, and not switched it on again. */
  cancelled: boolean
  /** Documents that were watched, with their storage keys. */
  documents: Map<string, string | null>
}

/** How things stood when the journal was last written. */
export function openEnds(events: readonly SessionEvent[]): OpenEnds {
  let watching = false
  let panelPresent = false
  let recorded = false
  let cancelled = false
  const documents = new Map<string, string | null>()
  for (const { body, document, storageKey } of events) {
    watching = watchedAfter(body) ?? watching
    if (body.type === 'watch-started') panelPresent = true
    if (body.type === 'watch-stopped' || body.type === 'panel-left') panelPresent = false
    if (body.type === 'tracer') cancelled = body.reason === 'cancelled'
    if (body.type === 'recording-started') recorded = true
    if (body.type === 'recording-ended') {
      recorded = false
      panelPresent = body.watched
    }
    if (!document) continue
    if (body.type === 'frame-gone') documents.delete(document)
    else documents.set(document, storageKey)
  }
  return { watching, panelPresent, recorded, cancelled, documents }
}
