import { useEffect, useRef, useState } from 'preact/hooks'
import { MAX_RUNS } from '../../../protocol/abort-series'
import { counted, t } from '../../i18n/i18n'
import {
  defaultPlan,
  isTemplate,
  MAX_TEMPLATE,
  type PlannedMoment,
  runsOf,
  templateOf,
  withMoment,
} from '../../model/abort-series/plan'
import { bytes, count, oneLine } from '../../model/format'
import { type Repeatable, repeatable } from '../../model/repeat'
import type { Fetch } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { planningSeries, runningSeries, startSeries } from '../../state/abort-series'
import { mayAllow } from '../../state/allow-downloads'
import { seenRequests } from '../../state/repeat'
import { selectedKey } from '../../state/session/selection'
import { model } from '../../state/session/session'
import { settings } from '../../state/settings'
import button from '../button.module.css'
import { Dialog } from '../dialog/dialog'
import form from '../dialog/form.module.css'
import { FormActions } from '../dialog/form-actions'
import { type MomentFields, momentOf, noMoment } from '../planned-aborts/moment-field'
import { MomentForm } from '../planned-aborts/moment-form'
import { RequestList } from '../repeat/request-list'
import { MomentTable } from './moment-table'
import styles from './series-dialog.module.css'

const text = {
  reading: t('repeat_reading'),
  unread: t('repeat_unread'),
  headersUnknown: t('repeat_headers_unknown'),
  notKnown: t('repeat_not_known'),
  allowed: t('repeat_allowed'),
  none: t('series_none'),
  add: t('series_add'),
  addButton: t('series_add_button'),
  number: t('plan_number'),
  template: t('series_template'),
  templateHint: t('series_template_hint'),
  deletes: t('series_deletes'),
  deletesHint: t('series_deletes_hint'),
  wakes: t('series_wakes'),
  noTracing: t('plan_cold_off'),
  otherRuns: t('series_other_runs'),
  start: t('series_start'),
}

/** Starts a series of repetitions that are aborted; there is one such dialog for the whole panel. */
export function SeriesDialog() {
  const key = planningSeries.value
  const fetch = key === null ? undefined : model().fetches.find((one) => one.key === key)
  return fetch ? <SeriesForm key={fetch.key} fetch={fetch} /> : null
}

const close = () => {
  planningSeries.value = null
}

/** Adds a moment of the reader's own. */
function AddMoment({ total, add }: { readonly total: number; add(fields: MomentFields): void }) {
  const [fields, setFields] = useState(noMoment)
  return (
    <details class={styles.add}>
      <summary>{text.add}</summary>
      <MomentForm fields={fields} total={total} change={setFields} />
      <button type="button" class={button.medium} onClick={() => add(fields)}>
        {text.addButton}
      </button>
    </details>
  )
}

function SeriesForm({ fetch }: { readonly fetch: Fetch }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const { downloadTotal, uploadTotal } = fetch.attributes
  const traced = settings.trace.value && model().tracer?.state === 'on'
  const [known, setKnown] = useState<Repeatable | null>(null)
  const [plan, setPlan] = useState<readonly PlannedMoment[]>([])
  const [template, setTemplate] = useState(() =>
    templateOf(fetch.id, new Set(model().fetches.map(({ id }) => id))),
  )
  const [deletes, setDeletes] = useState(false)
  const [allowed, setAllowed] = useState(false)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    void mayAllow().then(setAllowed)
    void seenRequests(fetch).then((seen) => {
      const found = repeatable(fetch, seen)
      setKnown(found)
      if (found.ok) setPlan(defaultPlan({ requests: found.requests.length, downloadTotal, traced }))
    })
  }, [])
  // Tracing may have been switched off since.
  const runs = runsOf(traced ? plan : plan.map((one) => ({ ...one, cold: false })))
  const other = runningSeries.value !== null

  const add = (fields: MomentFields) => {
    const moment = momentOf(fields)
    setProblem(moment ? '' : text.number)
    if (moment) setPlan(withMoment(plan, moment, traced))
  }
  const problemNow = (): string => {
    if (runs.length === 0) return text.none
    if (runs.length > MAX_RUNS) return t('series_too_many', count(MAX_RUNS))
    return isTemplate(template) ? '' : t('series_template_wrong', count(MAX_TEMPLATE))
  }
  const start = async (event: Event) => {
    event.preventDefault()
    if (!known?.ok || other) return
    const wrong = problemNow()
    setProblem(wrong)
    if (wrong) return
    try {
      await startSeries(fetch, { runs, template, requests: known.requests, downloadTotal, deletes })
      selectedKey.value = fetch.key
      dialog.current?.close()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }

  return (
    <Dialog dialog={dialog} class={form.dialog} aria-labelledby="series-title" onClose={close}>
      <form onSubmit={(event) => void start(event)}>
        <h2 id="series-title">{t('series_title', oneLine(shownId(fetch.id), 80))}</h2>
        {known === null && <p>{text.reading}</p>}
        {known?.ok === false && (
          <p>{known.why === 'bodies' ? t('repeat_bodies', bytes(uploadTotal)) : text.unread}</p>
        )}
        {known?.ok && (
          <>
            <p>
              {runs.length === 0 ? text.none : t(counted(runs.length, 'series_does'), count(runs.length))}
            </p>
            <RequestList requests={known.requests} storageKey={fetch.storageKey} />
            <MomentTable plan={plan} traced={traced} change={setPlan} />
            {!traced && <p class={form.small}>{text.noTracing}</p>}
            <AddMoment total={downloadTotal} add={add} />
            <label class={form.field}>
              {text.template}
              <input
                class={form.control}
                required
                value={template}
                onInput={({ currentTarget }) => setTemplate(currentTarget.value)}
              />
              <small>{text.templateHint}</small>
            </label>
            <label class={form.choice}>
              <input
                type="checkbox"
                checked={deletes}
                onChange={({ currentTarget }) => setDeletes(currentTarget.checked)}
              />
              <span>
                {text.deletes}
                <small>{text.deletesHint}</small>
              </span>
            </label>
            <p class={form.small}>
              {[
                downloadTotal > 0 ? t('repeat_total', bytes(downloadTotal)) : '',
                known.headersKnown ? '' : text.headersUnknown,
                text.notKnown,
                traced ? text.wakes : '',
                allowed ? text.allowed : '',
              ]
                .filter(Boolean)
                .join(' ')}
            </p>
          </>
        )}
        <p class={form.problem} role="alert">
          {other ? text.otherRuns : problem}
        </p>
        <FormActions dialog={dialog} submit={text.start} disabled={!known?.ok || other} />
      </form>
    </Dialog>
  )
}
