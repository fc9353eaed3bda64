import type { Location } from '../../../protocol/worker-events'
import { oneLine } from '../../model/format'
import styles from './log.module.css'

interface Props {
  readonly location: Location
  readonly tabIndex?: number
}

/** Opens a place of a script in DevTools' Sources panel. */
export function SourceLink({ location, tabIndex = 0 }: Props) {
  const { url, line, column } = location
  const name = oneLine(url.split('/').pop()?.replace(/\?.*$/, '') || url, 40)
  return (
    <button
      type="button"
      class={styles.link}
      title={`${url}:${line}:${column}`}
      tabIndex={tabIndex}
      onClick={(event) => {
        event.stopPropagation()
        // DevTools counts from 0.
        chrome.devtools.panels.openResource(url, line - 1, column - 1, () => {})
      }}
    >
      {name}:{line}
    </button>
  )
}
