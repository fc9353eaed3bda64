import { useRef, useState } from 'preact/hooks'
import type { AbortPlan } from '../../../protocol/planned-aborts'
import { MAX_PATTERN } from '../../../protocol/planned-aborts'
import { t } from '../../i18n/i18n'
import { bytes, oneLine } from '../../model/format'
import { isLive } from '../../model/session/fetch-phase'
import type { Fetch } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { nextTarget, type PlanFor, planAbort, planningFor, removePlanned } from '../../state/planned-aborts'
import { model, revision } from '../../state/session/session'
import { settings } from '../../state/settings'
import button from '../button.module.css'
import { Dialog } from '../dialog/dialog'
import form from '../dialog/form.module.css'
import { FormActions } from '../dialog/form-actions'
import { fieldsOf, type MomentFields, momentOf, noMoment } from './moment-field'
import { MomentForm } from './moment-form'

const text = {
  titleNext: t('plan_title_next'),
  pattern: t('plan_pattern'),
  patternHint: t('plan_pattern_hint'),
  cold: t('plan_cold'),
  coldHint: t('plan_cold_hint'),
  coldOff: t('plan_cold_off'),
  hint: t('plan_hint'),
  save: t('plan_save'),
  remove: t('plan_remove'),
  number: t('plan_number'),
  ended: t('plan_ended'),
  noPage: t('answer_page_gone'),
}

/** Asks when a fetch is to be aborted; there is one such dialog for the whole panel. */
export function PlanDialog() {
  const target = planningFor.value
  return target && <PlanForm key={JSON.stringify(target)} target={target} />
}

const close = () => {
  planningFor.value = null
}

/** Why an abort at this moment can't be planned for a fetch; '' where it can. */
function problemOf(fetch: Fetch | undefined, moment: AbortPlan['moment']): string {
  if (!fetch) return ''
  if (!isLive(fetch)) return text.ended
  const { downloaded, downloadTotal } = fetch.attributes
  const share = downloadTotal > 0 ? (downloaded / downloadTotal) * 100 : 0
  const past =
    (moment.kind === 'bytes' && downloaded >= moment.bytes) ||
    (moment.kind === 'percent' && share >= moment.percent) ||
    (moment.kind === 'first-byte' && downloaded > 0)
  if (past) return t('plan_past', bytes(downloaded))
  const responses = fetch.responses?.ready ?? 0
  if (moment.kind === 'responses' && responses >= moment.count) return t('plan_past_responses', responses)
  return ''
}

function PlanForm({ target }: { readonly target: PlanFor }) {
  revision.value
  const dialog = useRef<HTMLDialogElement>(null)
  const fetch = target.kind === 'fetch' ? model().fetches.find(({ key }) => key === target.key) : undefined
  const [fields, setFields] = useState<MomentFields>(() => {
    if (fetch?.planned) return fieldsOf(fetch.planned.moment)
    return fetch?.attributes.downloadTotal === 0 ? { ...noMoment, amount: '1', unit: 'MB' } : noMoment
  })
  const [pattern, setPattern] = useState(target.kind === 'next' ? target.id : '')
  const [cold, setCold] = useState(fetch?.planned?.cold ?? false)
  const [problem, setProblem] = useState('')
  const tracing = settings.trace.value

  const save = async (event: Event) => {
    event.preventDefault()
    const moment = momentOf(fields)
    if (!moment) return setProblem(text.number)
    const wrong = problemOf(fetch, moment)
    if (wrong) return setProblem(wrong)
    const to: AbortPlan['target'] | null =
      target.kind === 'next'
        ? nextTarget(target.storageKey, pattern)
        : fetch
          ? { kind: 'fetch', handle: fetch.handle }
          : null
    if (!to) return setProblem(text.ended)
    try {
      if (await planAbort(to, moment, cold && tracing)) dialog.current?.close()
      else setProblem(text.noPage)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }

  return (
    <Dialog dialog={dialog} class={form.dialog} aria-labelledby="plan-title" onClose={close}>
      <form onSubmit={(event) => void save(event)}>
        <h2 id="plan-title">{fetch ? t('plan_title', oneLine(shownId(fetch.id), 80)) : text.titleNext}</h2>
        {target.kind === 'next' && (
          <label class={form.field}>
            {text.pattern}
            <input
              class={form.control}
              required
              maxLength={MAX_PATTERN}
              placeholder="episode-*"
              value={pattern}
              onInput={({ currentTarget }) => setPattern(currentTarget.value)}
            />
            <small>{text.patternHint}</small>
          </label>
        )}
        <MomentForm fields={fields} total={fetch?.attributes.downloadTotal ?? null} change={setFields} />
        <label class={form.choice}>
          <input
            type="checkbox"
            checked={cold && tracing}
            disabled={!tracing}
            onChange={({ currentTarget }) => setCold(currentTarget.checked)}
          />
          <span>
            {text.cold}
            <small>{tracing ? text.coldHint : text.coldOff}</small>
          </span>
        </label>
        <p class={form.small}>{text.hint}</p>
        <p class={form.problem} role="alert">
          {problem}
        </p>
        <FormActions dialog={dialog} submit={text.save}>
          {fetch?.planned && (
            <button
              type="button"
              class={button.large}
              onClick={() => {
                if (fetch.planned) removePlanned(fetch.planned.command)
                dialog.current?.close()
              }}
            >
              {text.remove}
            </button>
          )}
        </FormActions>
      </form>
    </Dialog>
  )
}
