import { t } from '../../i18n/i18n'
import type { Fetch } from '../../model/session/view'
import { handlerPlace } from '../../model/workers/handler-place'
import { model } from '../../state/session/session'
import { SourceLink } from '../log/source-link'
import styles from './audit.module.css'

const text = { added: t('audit_handler'), script: t('report_handler_script') }

/** Where the handler is that a verdict is about, as far as that was observed. */
export function HandlerLine({ fetch }: { readonly fetch: Fetch }) {
  const place = handlerPlace(fetch, model().workers)
  if (!place) return null
  return (
    <p class={`${styles.pending} ${styles.handler}`} data-handler={place.from}>
      {text.added} <SourceLink location={place.location} />
      {place.from === 'script' && ` (${text.script})`}
    </p>
  )
}
