import { curve, type Track } from '../../model/timeline/timeline'
import styles from './track-row.module.css'

const HEIGHT = 14

interface Props {
  readonly track: Track
  /** Where the bar ends on the clock, and begins on the screen. */
  readonly until: number
  readonly from: number
  readonly width: number
  readonly x: (at: number) => number
}

interface Place {
  readonly left: number
  readonly top: number
}

/** Where the line between two places crosses a vertical one. */
const cross = (a: Place, b: Place, left: number): Place => ({
  left,
  top: a.top + ((b.top - a.top) * (left - a.left)) / (b.left - a.left),
})

/** What of a line is between 0 and `width`, with at most one place for each pixel. */
function visible(line: readonly Place[], width: number): Place[] {
  const places: Place[] = []
  let before: Place | undefined
  for (const place of line) {
    if (before && before.left < 0 && place.left > 0) places.push(cross(before, place, 0))
    if (before && before.left < width && place.left > width) places.push(cross(before, place, width))
    const near = place.left - (places.at(-1)?.left ?? -1) < 1 && place !== line.at(-1)
    if (place.left >= 0 && place.left <= width && !near) places.push(place)
    if (place.left > width) break
    before = place
  }
  return places
}

/** What has arrived over time, as an area. */
export function Curve({ track, until, from, width, x }: Props) {
  const line = curve(track.fetch, until).map(({ at, share }) => ({
    left: x(at) - from,
    top: HEIGHT - share * (HEIGHT - 1),
  }))
  const places = visible(line, width)
  const path = places.map(({ left, top }) => `L${left.toFixed(1)} ${top.toFixed(1)}`).join('')
  const first = places[0]?.left ?? 0
  const last = places.at(-1)?.left ?? 0
  return (
    <svg class={styles.curve} width={width} height={HEIGHT} aria-hidden="true">
      <path d={`M${first.toFixed(1)} ${HEIGHT}${path}L${last.toFixed(1)} ${HEIGHT}Z`} />
    </svg>
  )
}
