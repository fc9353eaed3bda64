import { inTwo } from '../model/format'
import styles from './middle-truncated.module.css'

interface Props {
  readonly text: string
  /** What stands behind it, and is not truncated. */
  readonly suffix?: string
  /** How many characters are shown at most. */
  readonly limit?: number
}

/** A text in one line: where there is little room, what goes is its middle, as IDs and the names of files often differ at their ends only. */
export function MiddleTruncated({ text, suffix = '', limit }: Props) {
  const [head, tail] = inTwo(text, limit)
  if (!tail) return `${head}${suffix}`
  return (
    <span class={styles.whole}>
      <span class={styles.head}>{head}</span>
      <span class={styles.tail}>
        {tail}
        {suffix}
      </span>
    </span>
  )
}
