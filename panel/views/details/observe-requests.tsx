import { t } from '../../i18n/i18n'
import type { Fetch } from '../../model/session/view'
import {
  askToObserveRequests,
  grantedHere,
  observesRequests,
  stopObservingRequests,
} from '../../state/request-permission'
import { model, past, revision } from '../../state/session/session'
import styles from './details.module.css'

const text = {
  observe: t('observe_requests'),
  hint: t('observe_requests_hint'),
  stop: t('observe_stop'),
  restart: t('observe_restart'),
  nothing: t('observe_nothing'),
  before: t('observe_before'),
}

/** What was not observed of the requests of a fetch, and why; '' where some of them were. */
function unobserved({ network, already, seenAt }: Fetch): string {
  if (network.size > 0) return ''
  const { networkSince } = model()
  return networkSince === null || already || seenAt < networkSince ? text.before : text.nothing
}

/** Offers to observe requests, and says what was not observed of those of a fetch. */
export function ObserveRequests({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  if (past.value) return null
  if (!observesRequests.value) {
    return (
      <p class={styles.note}>
        {text.hint}{' '}
        <button type="button" class={styles.link} onClick={() => void askToObserveRequests()}>
          {text.observe}
        </button>
      </p>
    )
  }
  const missing = unobserved(fetch)
  return (
    <p class={styles.note}>
      {missing} {(missing === text.nothing || (missing && grantedHere.value)) && text.restart}
      <button type="button" class={styles.link} onClick={() => void stopObservingRequests()}>
        {text.stop}
      </button>
    </p>
  )
}
