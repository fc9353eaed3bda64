import type { Location } from '../../../protocol/worker-fields'
import { placeText } from '../../model/describe/place-text'
import { oneLine } from '../../model/format'
import { findOriginal, originalPlace, showInSources } from '../../state/log/original-places'
import { past } from '../../state/session/session'
import styles from './source-link.module.css'

interface Props {
  readonly location: Location
  readonly tabIndex?: number
}

const whole = ({ url, line, column }: Location) => `${oneLine(url, 1000)}:${line}:${column}`

/**
 * Opens a place of a script in DevTools' Sources panel, which has the scripts of the tab and no others. Where it comes
 * from is looked up when somebody turns to it: that may mean reading a source map from the site.
 */
export function SourceLink({ location, tabIndex = 0 }: Props) {
  if (past.value) {
    return (
      <span class={styles.place} title={whole(location)}>
        {placeText(location)}
      </span>
    )
  }
  const original = originalPlace(location)
  const look = () => void findOriginal(location)
  return (
    <button
      type="button"
      class={styles.link}
      title={original ? `${whole(original)}\n${whole(location)}` : whole(location)}
      tabIndex={tabIndex}
      onPointerEnter={look}
      onFocus={look}
      onClick={(event) => {
        event.stopPropagation()
        void showInSources(location)
      }}
    >
      {placeText(original ?? location)}
    </button>
  )
}
