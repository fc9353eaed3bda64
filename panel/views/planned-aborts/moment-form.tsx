import type { ComponentChildren } from 'preact'
import { MAX_ABORT_DELAY } from '../../../protocol/planned-aborts'
import { t } from '../../i18n/i18n'
import form from '../dialog/form.module.css'
import { amountUnits, type MomentFields } from './moment-field'
import styles from './moment-form.module.css'

const text = {
  when: t('plan_when'),
  at: t('plan_at'),
  downloaded: t('plan_downloaded'),
  amount: t('plan_amount'),
  amountNumber: t('plan_amount_number'),
  unit: t('plan_amount_unit'),
  after: t('plan_after'),
  responses: t('plan_responses'),
  responsesNumber: t('plan_responses_number'),
  firstByte: t('plan_first_byte'),
  time: t('plan_time'),
  timeNumber: t('plan_time_number'),
}

interface Props {
  readonly fields: MomentFields
  /** `downloadTotal` of the fetch: 0 where it has none, null where the fetch is not known. */
  readonly total: number | null
  change(fields: MomentFields): void
}

/** Chooses the moment of an abort: one of several kinds, each with its number. */
export function MomentForm({ fields, total, change }: Props) {
  const set = (some: Partial<MomentFields>) => change({ ...fields, ...some })

  const line = (kind: MomentFields['kind'], label: string, name: string, more?: ComponentChildren) => (
    // A click into its number chooses it; Tab, which goes through all of them, does not.
    <div class={styles.line} onPointerDown={() => set({ kind })}>
      <label>
        <input
          type="radio"
          name="moment"
          aria-label={name}
          checked={fields.kind === kind}
          onChange={() => set({ kind })}
        />
        {label}
      </label>
      {more}
    </div>
  )

  return (
    <fieldset class={styles.moments} aria-label={text.when}>
      {line(
        'amount',
        text.at,
        text.amount,
        <>
          <input
            type="number"
            class={`${form.control} ${styles.number}`}
            aria-label={text.amountNumber}
            min="0"
            step="any"
            value={fields.amount}
            onInput={({ currentTarget }) => set({ kind: 'amount', amount: currentTarget.value })}
          />
          <select
            class={form.control}
            aria-label={text.unit}
            value={fields.unit}
            onChange={({ currentTarget }) => {
              const unit = amountUnits.find((one) => one === currentTarget.value)
              if (unit) set({ kind: 'amount', unit })
            }}
          >
            {amountUnits.map((unit) => (
              <option key={unit} value={unit} disabled={unit === '%' && total === 0}>
                {unit}
              </option>
            ))}
          </select>
          <span>{text.downloaded}</span>
        </>,
      )}
      {line(
        'responses',
        text.after,
        text.responses,
        <>
          <input
            type="number"
            class={`${form.control} ${styles.number}`}
            aria-label={text.responsesNumber}
            min="1"
            step="1"
            value={fields.responses}
            onInput={({ currentTarget }) => set({ kind: 'responses', responses: currentTarget.value })}
          />
          <span>{text.responsesNumber}</span>
        </>,
      )}
      {line('first-byte', text.firstByte, text.firstByte)}
      {line(
        'time',
        text.after,
        text.time,
        <>
          <input
            type="number"
            class={`${form.control} ${styles.number}`}
            aria-label={text.timeNumber}
            min="0"
            max={MAX_ABORT_DELAY}
            step="any"
            value={fields.ms}
            onInput={({ currentTarget }) => set({ kind: 'time', ms: currentTarget.value })}
          />
          <span>ms</span>
        </>,
      )}
    </fieldset>
  )
}
