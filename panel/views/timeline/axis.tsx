import { t } from '../../i18n/i18n'
import { longDuration, roughDuration } from '../../model/format'
import type { FoldMark, Mark } from '../../model/timeline/axis'
import styles from './axis.module.css'

const foldText = (pause: string) => `⋯ ${pause}`

const percent = (share: number) => `${(share * 100).toFixed(3)}%`

interface Props {
  readonly marks: readonly Mark[]
  readonly folds: readonly FoldMark[]
  /** Of the clock, in CSS pixels. */
  readonly width: number
}

/** Room that the length of a pause needs, and a pattern, in CSS pixels. */
const LABEL = 40
const PATTERN = 8

/** The clock above the tracks: times of day, and the pauses that are folded. */
export function Axis({ marks, folds, width }: Props) {
  return (
    <div class={styles.axis} aria-hidden="true">
      <div class={styles.plot}>
        {marks.map(({ at, x, label }) => (
          <span key={at} class={styles.time} style={{ left: percent(x) }}>
            {label}
          </span>
        ))}
        {folds.map(({ start, end, left, right }) => (
          <span
            key={start}
            class={styles.foldLabel}
            data-thin={(right - left) * width < PATTERN}
            title={t('timeline_fold_hint', longDuration(end - start))}
            style={{ left: percent(left), width: percent(right - left) }}
          >
            {(right - left) * width >= LABEL && foldText(roughDuration(end - start))}
          </span>
        ))}
      </div>
    </div>
  )
}

/** The same times and pauses behind the tracks. */
export function Grid({ marks, folds, width }: Props) {
  return (
    <div class={styles.grid} aria-hidden="true">
      <div class={styles.plot}>
        {marks.map(({ at, x }) => (
          <span key={at} class={styles.line} style={{ left: percent(x) }} />
        ))}
        {folds.map(({ start, left, right }) => (
          <span
            key={start}
            class={styles.fold}
            data-thin={(right - left) * width < PATTERN}
            style={{ left: percent(left), width: percent(right - left) }}
          />
        ))}
      </div>
    </div>
  )
}
