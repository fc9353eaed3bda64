import type { ForcedBy } from '../../../protocol/forced-endings'
import { t } from '../../i18n/i18n'
import { forcedByText } from '../../model/describe/forced-ending-text'
import type { EndingChoice, EndingName, EndingProblem } from '../../model/ending-choices'
import form from '../dialog/form.module.css'
import type { MomentFields } from '../planned-aborts/moment-field'
import { MomentForm } from '../planned-aborts/moment-form'
import styles from './repeat.module.css'

const text = {
  label: t('ending_label'),
  none: t('ending_none'),
  abort: t('ending_abort'),
  click: t('ending_click'),
  noClick: t('ending_no_click'),
  until: t('ending_until'),
  afterOthers: t('ending_after_others'),
}

const names: Partial<Record<EndingName, string>> = { none: text.none, abort: text.abort }

/** What else is to be known of each way. */
const more: Partial<Record<ForcedBy['kind'], string>> = { quota: text.until, request: text.afterOthers }

const why: Record<EndingProblem, string> = {
  tracing: t('ending_needs_tracing'),
  others: t('ending_other_runs'),
}

interface Props {
  readonly choices: readonly EndingChoice[]
  readonly chosen: EndingName
  readonly storageKey: string
  /** When the repetition is aborted, where that is chosen. */
  readonly moment: MomentFields
  /** `downloadTotal` of the repetition, 0 where it has none. */
  readonly total: number
  choose(ending: EndingName): void
  setMoment(moment: MomentFields): void
}

/** Chooses how a repetition is to end, says what is done for that, and why some endings can't be chosen. */
export function EndingChoiceField({ choices, chosen, storageKey, moment, total, choose, setMoment }: Props) {
  const forced = choices.find(({ ending }) => ending === chosen)?.forced
  const problems = [...new Set(choices.flatMap(({ problem }) => problem ?? []))]
  return (
    <>
      <label class={styles.ending}>
        {text.label}
        <select
          class={form.control}
          value={chosen}
          onChange={({ currentTarget }) => {
            const found = choices.find(({ ending }) => ending === currentTarget.value)
            if (found) choose(found.ending)
          }}
        >
          {choices.map(({ ending, problem }) => (
            <option key={ending} value={ending} disabled={problem !== null}>
              {names[ending] ?? ending}
            </option>
          ))}
          <option disabled>{text.click}</option>
        </select>
      </label>
      {chosen === 'abort' && <MomentForm fields={moment} total={total} change={setMoment} />}
      {forced && (
        <p class={form.small}>
          {t('ending_how', forcedByText(forced.by, storageKey))} {more[forced.by.kind]}
        </p>
      )}
      {problems.map((problem) => (
        <p key={problem} class={form.small}>
          {t(
            'ending_problem',
            choices
              .filter((one) => one.problem === problem)
              .map(({ ending }) => ending)
              .join(', '),
            why[problem],
          )}
        </p>
      ))}
      <p class={form.small}>{t('ending_problem', text.click, text.noClick)}</p>
    </>
  )
}
