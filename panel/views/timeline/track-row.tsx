import { verdictName } from '../../model/describe/describe-storage'
import { oneLine } from '../../model/format'
import { disambiguator } from '../../model/session/disambiguator'
import { shownId } from '../../model/shown-id'
import { describePhase, describeTrack, nameOf, outcomeText } from '../../model/timeline/describe-track'
import { type Phase, type PhaseKind, reach, type Track } from '../../model/timeline/timeline'
import { MiddleTruncated } from '../middle-truncated'
import { Curve } from './curve'
import styles from './track-row.module.css'

const text = {
  verdict: {
    clean: '✓',
    stored: '✓',
    answered: '✓',
    left: '!',
    unmatched: '!',
    errors: '!',
    'not-stored': '!',
    wrong: '✕',
    unknown: '?',
  } as const,
}

/** The least width of what has a length, in CSS pixels. */
const LEAST = 3
/** The same of what fades out, as its end was not observed. */
const FADING = 16
/** How wide a letter is, at most. */
const LETTER = 6.2
/** What lies between the edges of a bar and its name, with some room for wider fonts, in CSS pixels. */
const INSET = 14

interface Props {
  readonly track: Track
  readonly index: number
  readonly top: number
  readonly selected: boolean
  /** Key of the phase that has the keyboard, '' for the track itself, null when it is in another track. */
  readonly current: string | null
  readonly width: number
  /** Where a moment stands, in CSS pixels. */
  readonly x: (at: number) => number
}

/** Which of a track's three lines a phase is drawn in. */
const lineOf: Record<PhaseKind, 'page' | 'worker' | 'span' | 'storage' | 'mark'> = {
  queued: 'page',
  downloading: 'page',
  aborting: 'page',
  event: 'page',
  'worker-start': 'worker',
  handler: 'worker',
  promise: 'worker',
  'event-in-worker': 'span',
  change: 'storage',
  verdict: 'mark',
}

interface BarProps {
  readonly track: Track
  readonly phase: Phase
  readonly id: string
  readonly current: boolean
  readonly width: number
  readonly x: (at: number) => number
}

function Bar({ track, phase, id, current, width, x }: BarProps) {
  const { kind, key, open, end, level } = phase
  const until = reach(phase, track)
  const line = lineOf[kind]
  const mark = line === 'mark'
  const start = x(phase.start)
  // A bar that began long before what is in view begins at its edge.
  const left = Math.max(start, -LEAST)
  const unseen = end === null && !open
  const right = Math.min(Math.max(x(until), start + (unseen ? FADING : LEAST)), width + LEAST)
  if (right < 0 || left > width) return null
  const name = nameOf(phase)
  const wide = right - left
  const labelled = (line === 'page' || line === 'worker') && name.length * LETTER + INSET < wide
  return (
    <div
      role="gridcell"
      id={id}
      aria-label={`${name}: ${describePhase(phase, track)}`}
      data-phase={key}
      data-kind={kind}
      data-line={line}
      data-level={level}
      data-open={open}
      data-unseen={unseen}
      data-current={current}
      class={styles.phase}
      style={{ left: `${left}px`, ...(mark ? {} : { width: `${wide}px` }) }}
    >
      {kind === 'downloading' && <Curve track={track} until={until} from={left} width={wide} x={x} />}
      {mark && track.verdict && (
        <span class={styles.verdict} data-verdict={track.verdict.kind}>
          {text.verdict[track.verdict.kind]}
        </span>
      )}
      {labelled && <span class={styles.name}>{name}</span>}
    </div>
  )
}

/** One fetch: what it is, and its phases on the clock. */
export function TrackRow({ track, index, top, selected, current, width, x }: Props) {
  const { fetch, verdict } = track
  const again = disambiguator(fetch)
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      data-track={fetch.key}
      class={styles.track}
      style={{ top: `${top}px` }}
    >
      <div
        role="rowheader"
        id={`track-${index}`}
        aria-label={`${oneLine(shownId(fetch.id), 80)}${again}: ${describeTrack(track)}`}
        data-current={current === ''}
        class={styles.head}
      >
        <span class={styles.id}>
          <MiddleTruncated text={shownId(fetch.id)} suffix={again} />
        </span>
        <span class={styles.outcome}>
          {outcomeText(fetch)}
          {verdict && (
            <span class={styles.verdictWord} data-verdict={verdict.kind}>
              {' '}
              {text.verdict[verdict.kind]} <span class={styles.word}>{verdictName(verdict)}</span>
            </span>
          )}
        </span>
      </div>
      <div class={styles.plot}>
        {track.phases.map((phase, n) => (
          <Bar
            key={phase.key}
            track={track}
            phase={phase}
            id={`track-${index}-${n}`}
            current={current === phase.key}
            width={width}
            x={x}
          />
        ))}
      </div>
    </div>
  )
}
