import type { Location } from '../../../protocol/worker-events'
import { oneLine } from '../../model/format'
import { past } from '../../state/session'
import styles from './log.module.css'
import { showInSources } from './row-menu'

interface Props {
  readonly location: Location
  readonly tabIndex?: number
}

/** Opens a place of a script in DevTools' Sources panel, which has the scripts of the tab and no others. */
export function SourceLink({ location, tabIndex = 0 }: Props) {
  const { url, line, column } = location
  const name = oneLine(url.split('/').pop()?.replace(/\?.*$/, '') || url, 40)
  const title = `${url}:${line}:${column}`
  if (past.value) {
    return (
      <span class={styles.place} title={title}>
        {name}:{line}
      </span>
    )
  }
  return (
    <button
      type="button"
      class={styles.link}
      title={title}
      tabIndex={tabIndex}
      onClick={(event) => {
        event.stopPropagation()
        showInSources(location)
      }}
    >
      {name}:{line}
    </button>
  )
}
