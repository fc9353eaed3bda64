import { t } from '../../i18n/i18n'
import type { PlannedMoment } from '../../model/abort-series/plan'
import { seriesMomentText } from '../../model/describe/abort-series-text'
import styles from './series-dialog.module.css'

const text = {
  label: t('series_moments'),
  moment: t('series_moment'),
  warm: t('series_warm_head'),
  asItIs: t('series_as_it_is_head'),
  cold: t('series_cold_head'),
}

/** What the column of runs in which the worker is not stopped is called: whether it runs is known where it is traced. */
export const warmHead = (traced: boolean): string => (traced ? text.warm : text.asItIs)
export const coldHead = text.cold
export const momentHead = text.moment

interface Props {
  readonly plan: readonly PlannedMoment[]
  /** Workers are traced: one can be stopped. */
  readonly traced: boolean
  change(plan: readonly PlannedMoment[]): void
}

/** The moments of a plan: each is tried with the worker running, with the worker stopped first, with both or with none. */
export function MomentTable({ plan, traced, change }: Props) {
  const box = (one: PlannedMoment, state: 'warm' | 'cold', head: string) => (
    <td>
      <input
        type="checkbox"
        aria-label={t('series_choice', seriesMomentText(one.moment), head)}
        checked={one[state]}
        disabled={state === 'cold' && !traced}
        onChange={({ currentTarget }) =>
          change(plan.map((other) => (other === one ? { ...one, [state]: currentTarget.checked } : other)))
        }
      />
    </td>
  )
  return (
    <table class={styles.moments} aria-label={text.label}>
      <thead>
        <tr>
          <th scope="col">{text.moment}</th>
          <th scope="col">{warmHead(traced)}</th>
          <th scope="col">{text.cold}</th>
        </tr>
      </thead>
      <tbody>
        {plan.map((one) => (
          <tr key={JSON.stringify(one.moment)}>
            <th scope="row">{seriesMomentText(one.moment)}</th>
            {box(one, 'warm', warmHead(traced))}
            {box(one, 'cold', text.cold)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
