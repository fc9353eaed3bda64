import { t } from '../../i18n/i18n'
import type { RowFacts } from '../fetch-table/row-facts'
import styles from './plan-button.module.css'

interface Props {
  readonly facts: RowFacts
  readonly tabIndex: number
}

/** Plans an abort of the fetch of a row; the table listens to it. */
export function PlanButton({ facts, tabIndex }: Props) {
  const label = t('plan_button', facts.abortId)
  return (
    <button
      type="button"
      class={styles.plan}
      aria-label={label}
      aria-haspopup="dialog"
      title={facts.planned ? `${label}\n${facts.planned}` : label}
      tabIndex={tabIndex}
      disabled={facts.aborting || facts.readOnly}
      data-plan
      data-planned={facts.planned !== ''}
    >
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
        <circle cx="6" cy="6" r="4.8" fill="none" stroke="currentColor" stroke-width="1.4" />
        <path
          d="M6 3.2V6l2 1.4"
          fill="none"
          stroke="currentColor"
          stroke-width="1.3"
          stroke-linecap="round"
        />
      </svg>
    </button>
  )
}
