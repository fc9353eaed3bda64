import { useEffect, useRef, useState } from 'preact/hooks'
import type { NewRequest } from '../../../protocol/new-fetch'
import { MAX_TEXT } from '../../../protocol/page-events'
import { t } from '../../i18n/i18n'
import { bytes, oneLine } from '../../model/format'
import { fieldsLike } from '../../model/new-fetch/fields'
import { idOf } from '../../model/new-fetch/id-template'
import { nextId, type Repeatable, repeatable, withEmptyBodies } from '../../model/repeat'
import type { Fetch } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { startingNew } from '../../state/new-fetch/new-fetch'
import { repeating, seenRequests } from '../../state/repeat'
import { model } from '../../state/session/session'
import button from '../button.module.css'
import { Dialog } from '../dialog/dialog'
import form from '../dialog/form.module.css'
import { StartButtons, StartState, useStart } from '../new-fetch/start'
import { EndingChoiceField } from './ending-choice'
import styles from './repeat.module.css'
import { RequestList } from './request-list'
import { useEnding } from './use-ending'

const text = {
  reading: t('repeat_reading'),
  id: t('repeat_id'),
  idHint: t('new_fetch_id_hint'),
  headersUnknown: t('repeat_headers_unknown'),
  notKnown: t('repeat_not_known'),
  allowed: t('repeat_allowed'),
  unread: t('repeat_unread'),
  edit: t('repeat_edit'),
  noEndings: t('repeat_edit_ending'),
}

/** Starts a fetch again that was seen; there is one such dialog for the whole panel. */
export function RepeatDialog() {
  const key = repeating.value
  const fetch = key === null ? undefined : model().fetches.find((one) => one.key === key)
  return fetch ? <RepeatForm key={fetch.key} fetch={fetch} /> : null
}

const close = () => {
  repeating.value = null
}

const usedIds = () => new Set(model().fetches.map((one) => one.id))

/** The requests that a person may change before they are sent; bodies are to be written anew. */
function requestsToEdit(known: Repeatable): readonly NewRequest[] | null {
  if (known.ok) return known.requests
  return known.why === 'bodies' ? withEmptyBodies(known.requests) : null
}

function RepeatForm({ fetch }: { readonly fetch: Fetch }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [known, setKnown] = useState<Repeatable | null>(null)
  const [typed, setTyped] = useState(() => nextId(fetch.id, usedIds()))
  const start = useStart()
  const ending = useEnding(fetch)
  useEffect(() => void seenRequests(fetch).then((seen) => setKnown(repeatable(fetch, seen))), [])
  const { downloadTotal, uploadTotal } = fetch.attributes
  const id = idOf(typed, usedIds())

  const done = (begun: boolean) => {
    if (begun) dialog.current?.close()
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    const end = ending.read()
    if (!known?.ok || !end) return
    done(await start.start(fetch, { id, title: id, requests: known.requests, downloadTotal, ...end }))
  }
  const edit = (requests: readonly NewRequest[]) => {
    const note = [
      t('new_fetch_like', oneLine(shownId(fetch.id), 80)),
      text.notKnown,
      known?.ok && !known.headersKnown ? text.headersUnknown : '',
      known?.ok === false ? t('new_fetch_no_bodies', bytes(uploadTotal)) : '',
    ]
    const fields = fieldsLike(typed, requests, downloadTotal)
    dialog.current?.close()
    startingNew.value = { target: fetch, fields, note: note.filter(Boolean).join(' ') }
  }
  const editable = known && requestsToEdit(known)

  return (
    <Dialog dialog={dialog} class={form.dialog} aria-labelledby="repeat-title" onClose={close}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="repeat-title">{t('repeat_title', oneLine(shownId(fetch.id), 80))}</h2>
        {known === null && <p>{text.reading}</p>}
        {known?.ok === false && (
          <p>{known.why === 'bodies' ? t('repeat_bodies', bytes(uploadTotal)) : text.unread}</p>
        )}
        {known?.ok && (
          <>
            <label class={form.field}>
              {text.id}
              <input
                class={form.control}
                required
                maxLength={MAX_TEXT}
                value={typed}
                onInput={({ currentTarget }) => setTyped(currentTarget.value)}
              />
              <small>
                {id === typed ? text.idHint : t('new_fetch_id_becomes', oneLine(shownId(id), 80))}
              </small>
            </label>
            <RequestList requests={known.requests} storageKey={fetch.storageKey} />
            <EndingChoiceField {...ending.field} storageKey={fetch.storageKey} total={downloadTotal} />
            <p class={form.problem} role="alert">
              {ending.problem}
            </p>
            <p class={form.small}>
              {[
                downloadTotal > 0 ? t('repeat_total', bytes(downloadTotal)) : '',
                known.headersKnown ? '' : text.headersUnknown,
                text.notKnown,
                start.allowed ? text.allowed : '',
              ]
                .filter(Boolean)
                .join(' ')}
            </p>
          </>
        )}
        <div class={form.actions}>
          <StartState {...start} />
          {editable && (
            <button
              type="button"
              class={`${button.large} ${styles.edit}`}
              disabled={ending.field.chosen !== 'none'}
              title={ending.field.chosen === 'none' ? undefined : text.noEndings}
              onClick={() => edit(editable)}
            >
              {text.edit}
            </button>
          )}
          <StartButtons
            {...start}
            disabled={!known?.ok || start.starting}
            cancel={() => dialog.current?.close()}
          />
        </div>
      </form>
    </Dialog>
  )
}
