import { t } from '../../i18n/i18n'
import { failuresOf } from '../../model/network/failures'
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
  causes: t('requests_causes'),
}

/** What was not observed of the requests of a fetch, and why; '' where some of them were. */
function unobserved({ network, already, seenAt }: Fetch): string {
  if (network.size > 0) return ''
  const { networkSince } = model()
  return networkSince === null || already || seenAt < networkSince ? text.before : text.nothing
}

/** More causes are not listed. */
const MAX_SHOWN = 20

/** Why requests failed: the cells of the table are too narrow for it. */
function Causes({ fetch }: { readonly fetch: Fetch }) {
  const found = failuresOf(fetch)
  if (found.length === 0) return null
  return (
    <ul class={styles.causes} aria-label={text.causes}>
      {found.slice(0, MAX_SHOWN).map(({ request, cause }, index) => (
        <li key={index}>{t('requests_cause', request, cause)}</li>
      ))}
      {found.length > MAX_SHOWN && <li>{t('audit_more', found.length - MAX_SHOWN)}</li>}
    </ul>
  )
}

/** Says why requests of a fetch failed, offers to observe requests, and says what was not observed. */
export function ObserveRequests({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  // Of a success there is nothing to explain.
  const offers = past.value === null && fetch.attributes.result !== 'success'
  return (
    <>
      <Causes fetch={fetch} />
      {offers && <Offer fetch={fetch} />}
    </>
  )
}

function Offer({ fetch }: { readonly fetch: Fetch }) {
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
