import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { eventsText } from '../../model/describe/describe'
import { bytes, duration, timeOfDay } from '../../model/format'
import { type Summary, summary } from '../../model/session-file/write'
import { exportSession } from '../../state/recordings/session-files'
import { drawnEvents } from '../../state/session/session'
import { Dialog } from '../dialog/dialog'
import form from '../dialog/form.module.css'
import { FormActions } from '../dialog/form-actions'

const text = {
  title: t('export_title'),
  data: t('export_data'),
  queries: t('export_queries'),
  queriesHint: t('export_queries_hint'),
  hosts: t('export_hosts'),
  hostsHint: t('export_hosts_hint'),
  ids: t('export_ids'),
  save: t('export_save'),
}

const clock = (at: number) => timeOfDay(at).slice(0, 8)

const whatText = ({ count, from, to, size }: Summary) =>
  t('export_what', eventsText(count), clock(from), clock(to), duration(to - from), bytes(size))

interface ChoiceProps {
  readonly label: string
  readonly hint: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

function Choice({ label, hint, checked, onChange }: ChoiceProps) {
  return (
    <label class={form.choice}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {label}
        <small>{hint}</small>
      </span>
    </label>
  )
}

/** Says what would be in the file, and asks what to take out, before anything is written. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [what] = useState(() => summary(drawnEvents()))
  const [queries, setQueries] = useState(false)
  const [hosts, setHosts] = useState(false)
  return (
    <Dialog
      dialog={dialog}
      class={form.dialog}
      aria-labelledby="export-title"
      aria-describedby="export-what"
      onClose={onClose}
    >
      <form
        method="dialog"
        onSubmit={() => {
          void exportSession({ queries, hosts })
        }}
      >
        <h2 id="export-title">{text.title}</h2>
        <div id="export-what">
          <p>{whatText(what)}</p>
          <p>{text.data}</p>
        </div>
        <div class={form.choices}>
          <Choice label={text.queries} hint={text.queriesHint} checked={queries} onChange={setQueries} />
          <Choice label={text.hosts} hint={text.hostsHint} checked={hosts} onChange={setHosts} />
        </div>
        <p class={form.small}>{text.ids}</p>
        <FormActions dialog={dialog} submit={text.save} />
      </form>
    </Dialog>
  )
}
