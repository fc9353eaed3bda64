import { useEffect, useRef, useState } from 'preact/hooks'
import { MAX_TEXT } from '../../../protocol/page-events'
import type { PageAnswer } from '../../../protocol/page-requests'
import { t } from '../../i18n/i18n'
import { bytes, oneLine } from '../../model/format'
import { nextId, type Repeatable, repeatable } from '../../model/repeat'
import type { Fetch } from '../../model/session/view'
import { needsPermission, startProblem } from '../../model/start-problem'
import { askToAllow, mayAllow } from '../../state/allow-downloads'
import { repeat, repeating, seenRequests } from '../../state/repeat'
import { model } from '../../state/session/session'
import { Dialog } from '../dialog/dialog'
import sessions from '../sessions/sessions.module.css'
import styles from './repeat.module.css'
import { RequestList } from './request-list'

const text = {
  reading: t('repeat_reading'),
  id: t('repeat_id'),
  headersUnknown: t('repeat_headers_unknown'),
  notKnown: t('repeat_not_known'),
  allowed: t('repeat_allowed'),
  unread: t('repeat_unread'),
  starting: t('repeat_starting'),
  start: t('repeat_start'),
  allow: t('repeat_allow'),
  cancel: t('cancel'),
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

const newId = ({ id }: Fetch) => nextId(id, new Set(model().fetches.map((one) => one.id)))

function RepeatForm({ fetch }: { readonly fetch: Fetch }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [known, setKnown] = useState<Repeatable | null>(null)
  const [id, setId] = useState(() => newId(fetch))
  const [answer, setAnswer] = useState<PageAnswer | null>(null)
  const [starting, setStarting] = useState(false)
  const [allowed, setAllowed] = useState(false)
  useEffect(() => {
    void mayAllow().then(setAllowed)
    void seenRequests(fetch).then((seen) => setKnown(repeatable(fetch, seen)))
  }, [])
  const { downloadTotal, uploadTotal } = fetch.attributes

  const start = async () => {
    if (!known?.ok || starting) return
    setStarting(true)
    const answered = await repeat(fetch, { id, requests: known.requests, downloadTotal })
    setStarting(false)
    setAnswer(answered)
    if (answered.ok) dialog.current?.close()
  }
  const allow = async () => {
    // Asked in the click, before anything else.
    const granted = await askToAllow()
    setAllowed(granted)
    if (granted) await start()
  }
  const asksToAllow = answer !== null && needsPermission(answer) && !allowed

  return (
    <Dialog dialog={dialog} class={sessions.dialog} aria-labelledby="repeat-title" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        <h2 id="repeat-title">{t('repeat_title', oneLine(fetch.id, 80))}</h2>
        {known === null && <p>{text.reading}</p>}
        {known?.ok === false && (
          <p>{known.why === 'bodies' ? t('repeat_bodies', bytes(uploadTotal)) : text.unread}</p>
        )}
        {known?.ok && (
          <>
            <label class={styles.field}>
              {text.id}
              <input
                required
                maxLength={MAX_TEXT}
                value={id}
                onInput={({ currentTarget }) => setId(currentTarget.value)}
              />
            </label>
            <RequestList requests={known.requests} storageKey={fetch.storageKey} />
            <p class={sessions.small}>
              {[
                downloadTotal > 0 ? t('repeat_total', bytes(downloadTotal)) : '',
                known.headersKnown ? '' : text.headersUnknown,
                text.notKnown,
                allowed ? text.allowed : '',
              ]
                .filter(Boolean)
                .join(' ')}
            </p>
          </>
        )}
        <p class={styles.problem} role="alert">
          {answer && !starting ? startProblem(answer) : ''}
        </p>
        <p class={styles.starting} role="status">
          {starting ? text.starting : ''}
        </p>
        <div class={sessions.actions}>
          {asksToAllow && (
            <button type="button" onClick={() => void allow()}>
              {text.allow}
            </button>
          )}
          <button type="button" onClick={() => dialog.current?.close()}>
            {text.cancel}
          </button>
          <button type="submit" class={sessions.primary} disabled={!known?.ok || starting}>
            {text.start}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
