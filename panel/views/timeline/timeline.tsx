import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { foldsIn, marksIn, scale } from '../../model/timeline/axis'
import { foldedClock } from '../../model/timeline/folded-clock'
import { fitTo, pan, reveal, zoom } from '../../model/timeline/range'
import { extentOf, type Phase, reach, trackOf } from '../../model/timeline/timeline'
import { useClock } from '../../state/session/clock'
import { selectedKey } from '../../state/session/selection'
import { knownUntil, model, revision } from '../../state/session/session'
import { cursor, hovered, pastEnd, type Spot, view } from '../../state/session/timeline'
import { siteSettingsOf } from '../../state/site-settings'
import { Axis, Grid } from './axis'
import kinds from './kinds.module.css'
import { BEHIND, rangeOf } from './range-in-view'
import { Readout } from './readout'
import styles from './timeline.module.css'
import { onTimelineKey } from './timeline-keys'
import { Tools } from './tools'
import { openTrackMenu } from './track-menu'
import { TrackRow } from './track-row'
import { useViewport } from './viewport'

const text = {
  pane: t('timeline_pane'),
  grid: t('timeline_rows'),
  empty: t('timeline_empty'),
}

/** In CSS pixels. */
const TRACK_HEIGHT = 38
/** Room that a time of day needs on the axis. */
const LABEL = { short: 64, long: 90 }
/** Names that are narrower have no room for the verdict in words, in CSS pixels. */
const NARROW = 120
/** From this width on there is room for the legend. */
const WIDE = 1040

/** Width of the names before the tracks. */
const headOf = (width: number) => Math.round(Math.max(72, Math.min(180, width * 0.22)))

/** What the pointer is at. */
function spotOf(target: EventTarget | null): Spot | null {
  if (!(target instanceof Element)) return null
  const track = target.closest<HTMLElement>('[data-track]')?.dataset.track
  const phase = target.closest<HTMLElement>('[data-phase]')?.dataset.phase ?? null
  return track === undefined ? null : { track, phase }
}

/** All fetches of the session, a track for each, on one clock. */
export function Timeline() {
  revision.value
  const { fetches } = model()
  const [focused, setFocused] = useState(false)
  const still = pastEnd.value
  const running = still === null && fetches.some((fetch) => extentOf(fetch, 0).open)
  useClock(running)
  const now = still ?? knownUntil()

  const viewport = useViewport(fetches.length, TRACK_HEIGHT)
  const head = headOf(viewport.width)
  const width = Math.max(1, viewport.width - head)
  const extents = fetches.map((fetch) => extentOf(fetch, now))
  const clock = foldedClock(extents)
  const indexOf = (key: string | null | undefined) => fetches.findIndex((fetch) => fetch.key === key)
  const chosen = indexOf(selectedKey.value)
  const range = rangeOf(clock, extents[chosen], width)
  const share = scale(clock, range)
  const x = (at: number) => share(at) * width
  const fine = clock.place(range.to) - clock.place(range.from) < width * 12
  const gap = (fine ? LABEL.long : LABEL.short) / width
  const marks = viewport.width > 0 ? marksIn(clock, range, gap) : []
  const folds = foldsIn(clock, range)

  const showTime = (start: number, end: number) => {
    const next = reveal(clock, range, start, end)
    if (next !== range) view.value = next
  }

  // A fetch that was selected, here or elsewhere, comes into view once.
  useLayoutEffect(() => {
    const extent = extents[chosen]
    if (!extent || viewport.width === 0) return
    viewport.show(chosen)
    showTime(extent.start, extent.end)
  }, [selectedKey.value, chosen < 0, viewport.width === 0])

  // It stays in view while panes are opened and resized.
  useLayoutEffect(() => {
    if (chosen >= 0) viewport.show(chosen)
  }, [viewport.height])

  useEffect(
    () => () => {
      hovered.value = null
    },
    [],
  )

  const current = focused ? cursor.value : null
  const phasesOf = (index: number): readonly Phase[] => {
    const fetch = fetches[index]
    return fetch ? trackOf(fetch, now, siteSettingsOf(fetch.storageKey)).phases : []
  }
  const moveTo = (index: number, phase: Phase | null) => {
    const fetch = fetches[index]
    const extent = extents[index]
    if (!fetch || !extent) return
    hovered.value = null
    cursor.value = { track: fetch.key, phase: phase?.key ?? null }
    viewport.show(index)
    if (phase) showTime(phase.start, reach(phase, extent))
  }
  const fitSpot = ({ track, phase }: Spot) => {
    const index = indexOf(track)
    const extent = extents[index]
    if (!extent) return
    const one = phasesOf(index).find(({ key }) => key === phase)
    view.value = one
      ? fitTo(clock, one.start, reach(one, extent))
      : fitTo(clock, extent.start, extent.end, BEHIND / width)
  }

  const set = (next: typeof view.value) => {
    view.value = next
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const index = indexOf(cursor.value?.track)
    const phases = phasesOf(index)
    onTimelineKey(event, {
      tracks: fetches.length,
      page: viewport.page,
      index,
      phases,
      at: phases.findIndex(({ key }) => key === cursor.value?.phase),
      moveTo,
      select() {
        if (cursor.value) selectedKey.value = cursor.value.track
      },
      zoom: (factor) => set(zoom(clock, range, factor)),
      pan: (by) => set(pan(clock, range, by)),
      fit: () => cursor.value && fitSpot(cursor.value),
      fitAll: () => set('all'),
    })
  }

  const onWheel = (event: WheelEvent) => {
    const across = event.shiftKey ? event.deltaY : event.deltaX
    if (event.ctrlKey || event.metaKey) {
      const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
      const around = (event.clientX - box.left - head) / width
      set(zoom(clock, range, 1.002 ** event.deltaY, Math.max(0, Math.min(1, around))))
    } else if (Math.abs(across) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      set(pan(clock, range, across / width))
    } else return
    event.preventDefault()
  }

  const shownRows = fetches.slice(viewport.first, viewport.end)
  const active = indexOf(current?.track)
  const activePhase = current?.phase ? phasesOf(active).findIndex(({ key }) => key === current.phase) : -1
  return (
    <section
      class={`${styles.timeline} ${kinds.kinds}`}
      aria-label={text.pane}
      data-narrow={head < NARROW}
      style={{ '--head': `${head}px` }}
    >
      <Tools
        wide={viewport.width > WIDE}
        canFit={chosen >= 0}
        onCloser={() => set(zoom(clock, range, 0.5))}
        onFurther={() => set(zoom(clock, range, 2))}
      />
      <Axis marks={marks} folds={folds} width={width} />
      <div
        class={styles.scroll}
        ref={viewport.scroll}
        role="grid"
        aria-label={text.grid}
        aria-rowcount={Math.max(1, fetches.length)}
        aria-readonly="true"
        tabIndex={0}
        {...(active >= 0 && {
          'aria-activedescendant': activePhase < 0 ? `track-${active}` : `track-${active}-${activePhase}`,
        })}
        onFocus={() => {
          setFocused(true)
          if (indexOf(cursor.value?.track) < 0) {
            const key = fetches[chosen >= 0 ? chosen : fetches.length - 1]?.key
            cursor.value = key === undefined ? null : { track: key, phase: null }
          }
        }}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
        onWheel={onWheel}
        onContextMenu={(event) => {
          const spot = event.button === 2 ? spotOf(event.target) : current
          const index = indexOf(spot?.track)
          const [fetch, phases, phase] = [fetches[index], phasesOf(index), spot?.phase ?? null]
          openTrackMenu(event, { index, fetch, phases, phase })
        }}
        onPointerOver={(event) => {
          hovered.value = spotOf(event.target)
        }}
        onPointerLeave={() => {
          hovered.value = null
        }}
        onClick={(event) => {
          const spot = spotOf(event.target)
          if (!spot) return
          cursor.value = spot
          selectedKey.value = spot.track
        }}
        onDblClick={(event) => {
          const spot = spotOf(event.target)
          if (spot) fitSpot(spot)
        }}
      >
        <div class={styles.all} role="presentation" style={{ height: `${fetches.length * TRACK_HEIGHT}px` }}>
          <Grid marks={marks} folds={folds} width={width} />
          {shownRows.map((fetch, i) => {
            const index = viewport.first + i
            return (
              <TrackRow
                key={fetch.key}
                track={trackOf(fetch, now, siteSettingsOf(fetch.storageKey))}
                index={index}
                top={index * TRACK_HEIGHT}
                selected={index === chosen}
                current={index === active ? (current?.phase ?? '') : null}
                width={width}
                x={x}
              />
            )
          })}
        </div>
        {fetches.length === 0 && (
          <div role="row">
            <div role="gridcell" class={styles.empty}>
              {text.empty}
            </div>
          </div>
        )}
      </div>
      <Readout now={now} focused={focused} />
    </section>
  )
}
