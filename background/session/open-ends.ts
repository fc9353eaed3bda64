import type { SessionEvent } from '../../protocol/events'

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
    if (body.type === 'watch-started') watching = panelPresent = true
    if (body.type === 'watch-stopped') watching = panelPresent = false
    if (body.type === 'panel-left') {
      watching = true
      panelPresent = false
    }
    if (body.type === 'tracer') cancelled = body.reason === 'cancelled'
    if (body.type === 'keep-started') recorded = true
    if (body.type === 'keep-ended') {
      recorded = false
      watching = panelPresent = body.watched
    }
    if (!document) continue
    if (body.type === 'frame-gone') documents.delete(document)
    else documents.set(document, storageKey)
  }
  return { watching, panelPresent, recorded, cancelled, documents }
}
