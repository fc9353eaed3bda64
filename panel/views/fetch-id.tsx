import { inTwo } from '../model/format'
import styles from './fetch-id.module.css'

interface Props {
  readonly id: string
  /** How many characters are shown at most. */
  readonly limit?: number
}

/** The id of a fetch in one line: where there is little room, what goes is not its end. */
export function FetchId({ id, limit }: Props) {
  const [head, tail] = inTwo(id, limit)
  if (!tail) return head
  return (
    <>
      <span class={styles.head}>{head}</span>
      {tail}
    </>
  )
}
