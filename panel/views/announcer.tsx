import { announcement } from '../state/announce'
import styles from './announcer.module.css'

/** Says what else is worth hearing, and is seen elsewhere. */
export function Announcer() {
  return (
    <div role="status" class={styles.unseen}>
      {announcement.value}
    </div>
  )
}
