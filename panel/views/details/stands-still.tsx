import { t } from '../../i18n/i18n'
import { isLive } from '../../model/session/fetch-phase'
import { standstillOf } from '../../model/session/standstill/standstill'
import type { Fetch } from '../../model/session/view'
import { useClock } from '../../state/session/clock'
import { model, past, revision } from '../../state/session/session'
import styles from './details.module.css'

const text = { label: t('stands_still_label') }

/** Why a fetch stands still, as far as it was observed; nothing while it goes on. */
export function StandsStill({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const live = isLive(fetch) && past.value === null
  const now = useClock(live)
  const standstill = live ? standstillOf(fetch, model(), now) : null
  if (!standstill) return null
  return (
    <ul class={styles.reasons} aria-label={text.label}>
      {standstill.reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  )
}
