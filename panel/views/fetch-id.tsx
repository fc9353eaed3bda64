import { inTwo } from '../model/format'
import styles from './fetch-id.module.css'

interface Props {
  readonly id: string
  /** What distinguishes it from others of that id. */
  readonly disambiguator?: string
  /** How many characters are shown at most. */
  readonly limit?: number
}

/** The id of a fetch in one line: where there is little room, what goes is its middle. */
export function FetchId({ id, disambiguator = '', limit }: Props) {
  const [head, tail] = inTwo(id, limit)
  if (!tail) return `${head}${disambiguator}`
  return (
    <span class={styles.whole}>
      <span class={styles.head}>{head}</span>
      <span class={styles.tail}>
        {tail}
        {disambiguator}
      </span>
    </span>
  )
}
