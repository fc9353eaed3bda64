import { t } from '../../i18n/i18n'
import type { Fetch } from '../../model/session/view'
import { isSending } from '../../model/table/upload'
import { revision } from '../../state/session/session'
import styles from './details.module.css'

const text = { sending: t('table_sending') }

/** What an abort may do while a request body is being sent, before somebody presses it. */
export function Sending({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  return isSending(fetch) ? (
    <p class={styles.sending} role="note">
      {text.sending}
    </p>
  ) : null
}
