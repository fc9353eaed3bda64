import { t } from '../../i18n/i18n'
import styles from './abort-button.module.css'
import type { RowFacts } from './row-facts'

const text = { abort: t('abort'), aborting: t('aborting'), sending: t('table_sending') }

interface Props {
  readonly facts: RowFacts
  readonly tabIndex: number
}

/** Aborts the fetch of a row; the table listens to it. */
export function AbortButton({ facts, tabIndex }: Props) {
  const { aborting, readOnly, sending } = facts
  return (
    <button
      type="button"
      class={styles.abort}
      aria-label={facts.abortLabel}
      title={sending ? text.sending : facts.abortLabel}
      tabIndex={tabIndex}
      disabled={aborting || readOnly}
      data-abort
    >
      <span>{aborting ? text.aborting : text.abort}</span>
    </button>
  )
}
