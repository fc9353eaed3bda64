import { t } from '../../i18n/i18n'
import { noSettings, type SiteSettings } from '../audit/site-settings'
import { audit, type Verdict } from '../audit/verdict'
import { changeText } from '../describe/change-text'
import { verdictLevel } from '../describe/describe-storage'
import type { Level } from '../describe/description'
import type { Fetch } from '../session/view'
import { waterfall } from '../waterfall/waterfall'

const text = {
  found: t('timeline_note_found'),
  whole: t('timeline_note_only_at_end'),
  unseen: t('timeline_note_unseen'),
}

/** What a phase stands for, in the order in which phases of one moment come. */
export const phaseKinds = [
  'queued',
  'downloading',
  'aborting',
  'event',
  'worker-start',
  'event-in-worker',
  'handler',
  'promise',
  'change',
  'verdict',
] as const
export type PhaseKind = (typeof phaseKinds)[number]

/** A stretch of a fetch's lifecycle, or a moment of it, in epoch milliseconds. */
export interface Phase {
  /** Names the phase within its track. */
  readonly key: string
  readonly kind: PhaseKind
  /** The number of a promise. */
  readonly n?: number
  readonly start: number
  /** Null while it goes on, or when its end was not observed. */
  readonly end: number | null
  /** It goes on. */
  readonly open: boolean
  readonly level: Level
  readonly note: string
}

/** From when to when there is something to draw of a fetch. */
export interface Extent {
  readonly start: number
  readonly end: number
  /** It goes on. */
  readonly open: boolean
}

/** A fetch's lifecycle on one clock. */
export interface Track extends Extent {
  readonly fetch: Fetch
  /** In the order in which they began. */
  readonly phases: readonly Phase[]
  /** On its clean-up, once the storage was compared or can't be any more. */
  readonly verdict: Verdict | null
}

/** Changes of one store this near to each other, in milliseconds, are one. */
const NEAR = 100

const isOpen = ({ state }: Fetch) => state === 'queued' || state === 'active' || state === 'settled'

/** The last moment of which anything is known. */
function lastKnown(fetch: Fetch): number {
  const { seenAt, movedAt, abort, settledAt, unregisteredAt, overAt, events, changes } = fetch
  let last = Math.max(seenAt, movedAt, abort?.at ?? 0, settledAt ?? 0, unregisteredAt ?? 0, overAt ?? 0)
  for (const { at, returnedAt, doneAt, cutAt } of events) {
    last = Math.max(last, at, returnedAt ?? 0, doneAt ?? 0, cutAt ?? 0)
  }
  return Math.max(last, changes.at(-1)?.at ?? 0)
}

/** From when to when a fetch is drawn; what goes on is drawn up to `now`. */
export function extentOf(fetch: Fetch, now: number): Extent {
  const open = isOpen(fetch)
  const last = lastKnown(fetch)
  return { start: fetch.seenAt, end: open ? Math.max(last, now) : last, open }
}

/** Since when a fetch was on its way to be aborted by the panel; null when it was not. */
function abortingSince({ abort, settledAt, seenAt, attributes }: Fetch): number | null {
  if (!abort) return null
  const { outcome } = abort
  const at = Math.max(abort.at, seenAt)
  if (settledAt !== null) return attributes.failureReason === 'aborted' && at < settledAt ? at : null
  return outcome === null || (outcome.kind === 'resolved' && outcome.value) ? at : null
}

function pagePhases(fetch: Fetch): Phase[] {
  const { seenAt, activeAt, settledAt, overAt, already, state } = fetch
  const phases: Phase[] = []
  const aborting = abortingSince(fetch)
  const add = (kind: PhaseKind, start: number, end: number | null, note = '') => {
    // What has an end and no length was not: it is only where its neighbours meet.
    if (end !== null && end <= start) return
    const open = end === null && isOpen(fetch)
    const unseen = end === null && !open ? text.unseen : ''
    const notes = [note, unseen].filter(Boolean).join('; ')
    phases.push({ key: kind, kind, start, end, open, level: unseen ? 'warning' : 'info', note: notes })
  }
  const stopped = aborting ?? settledAt
  const first = activeAt !== null && (stopped === null || activeAt < stopped) ? activeAt : null
  const late = activeAt !== null && activeAt === settledAt
  add('queued', seenAt, first ?? stopped, late ? text.whole : already ? text.found : '')
  if (first !== null) add('downloading', first, stopped, already && first === seenAt ? text.found : '')
  if (aborting !== null) add('aborting', aborting, settledAt)
  if (settledAt !== null) {
    const open = state === 'settled'
    const unseen = overAt === null && !open
    phases.push({
      key: 'event',
      kind: 'event',
      start: settledAt,
      end: overAt,
      open,
      level: unseen ? 'warning' : 'info',
      note: unseen ? text.unseen : '',
    })
  }
  return phases
}

function workerPhases(fetch: Fetch): Phase[] {
  const phases: Phase[] = []
  for (const { kind, label, n, start, end, level, note } of waterfall(fetch)) {
    if (kind === 'abort' || kind === 'settling' || kind === 'event-for-page') continue
    const open = end === null && fetch.state === 'settled'
    const key = `${label} ${start}`
    phases.push({ key, kind, ...(n === undefined ? {} : { n }), start, end, open, level, note })
  }
  return phases
}

/** Changes of the storage; a store that is written again and again changes once. */
function changePhases({ changes }: Fetch): Phase[] {
  const groups: { what: string; start: number; end: number; times: number }[] = []
  const latest = new Map<string, (typeof groups)[number]>()
  for (const { at, change } of changes) {
    const what = changeText(change)
    const last = latest.get(what)
    if (last && at - last.end <= NEAR) {
      last.end = at
      last.times++
      continue
    }
    const group = { what, start: at, end: at, times: 1 }
    latest.set(what, group)
    groups.push(group)
  }
  return groups.map(({ what, start, end, times }) => ({
    key: `${what} ${start}`,
    kind: 'change',
    start,
    end,
    open: false,
    level: 'info',
    note: times > 1 ? t('timeline_often', what, times) : what,
  }))
}

const orderOf = ({ kind }: Phase) => phaseKinds.indexOf(kind)

/** The track of a fetch; what goes on in it is drawn up to `now`. */
export function trackOf(fetch: Fetch, now: number, settings: SiteSettings = noSettings): Track {
  const extent = extentOf(fetch, now)
  const verdict = audit(fetch, settings)
  const phases = [...pagePhases(fetch), ...workerPhases(fetch), ...changePhases(fetch)]
  phases.sort((a, b) => a.start - b.start || orderOf(a) - orderOf(b))
  if (verdict) {
    const { kind, line } = verdict
    const at = extent.end
    phases.push({
      key: 'verdict',
      kind: 'verdict',
      start: at,
      end: at,
      open: false,
      level: verdictLevel(kind),
      note: line,
    })
  }
  return { ...extent, fetch, phases, verdict }
}

/** Where a phase of a track stops being drawn. */
export const reach = ({ end, start }: Phase, track: Extent): number => Math.max(start, end ?? track.end)

/** How far a fetch was at one moment: 0 is nothing, 1 is all that is known to come. */
export interface Point {
  readonly at: number
  readonly bytes: number
  readonly share: number
}

/** The bytes of a fetch over time, up to where its track's download is drawn. */
export function curve(fetch: Fetch, until: number): Point[] {
  const { attributes, samples, arrived } = fetch
  const { downloadTotal, uploadTotal } = attributes
  let most = 0
  const sums = samples
    .filter(({ at }) => at <= until)
    .map(({ at, downloaded, uploaded }) => {
      most = Math.max(most, downloaded + uploaded)
      return { at, bytes: downloaded + uploaded }
    })
  // The bytes that came with the result are in no sample.
  const last = Math.max(most, arrived + Math.max(0, ...samples.map(({ uploaded }) => uploaded)))
  sums.push({ at: until, bytes: last })
  const whole = downloadTotal > 0 ? Math.max(last, downloadTotal + uploadTotal) : last
  return sums.map(({ at, bytes }) => ({ at, bytes, share: whole > 0 ? bytes / whole : 0 }))
}
