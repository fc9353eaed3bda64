import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { count } from '../../model/format'
import {
  checkFields,
  type FieldName,
  type NewFetchFields,
  readTyped,
  testFields,
  usedAgain,
} from '../../model/new-fetch/fields'
import { idOf } from '../../model/new-fetch/id-template'
import { type PageRegistration, registrationsOf } from '../../model/new-fetch/registrations'
import { mayRemember } from '../../state/incognito'
import { type NewFetchPrefill, startingNew } from '../../state/new-fetch/new-fetch'
import { draftFor, dropDraft, type NewFetchDraft, saveDraft } from '../../state/new-fetch/new-fetch-draft'
import { fits, forget, MAX_REMEMBERED, recall, remember } from '../../state/new-fetch/new-fetch-memory'
import type { StartTarget } from '../../state/new-fetch/start-fetch'
import { model, revision } from '../../state/session/session'
import button from '../button.module.css'
import { Dialog } from '../dialog/dialog'
import formStyles from '../dialog/form.module.css'
import { FormFields } from './form-fields'
import styles from './new-fetch.module.css'
import { StartButtons, StartState, useStart } from './start'

const text = {
  title: t('new_fetch_title'),
  allowed: t('repeat_allowed'),
  keys: t('new_fetch_keys'),
  reset: t('new_fetch_reset'),
  resetTitle: t('new_fetch_reset_title'),
  undo: t('new_fetch_undo'),
}

/** Starts a fetch of what a person types; there is one such dialog for the whole panel. */
export function NewFetchDialog() {
  const open = startingNew.value
  return open && <NewFetchForm prefill={open === 'blank' ? null : open} />
}

const close = () => {
  startingNew.value = null
}

const usedIds = () => new Set(model().fetches.map(({ id }) => id))

const isIn =
  ({ storageKey, scope }: StartTarget) =>
  (one: PageRegistration) =>
    one.storageKey === storageKey && one.scope === scope

/** What the form begins with. */
function begin(prefill: NewFetchPrefill | null, registrations: readonly PageRegistration[]): NewFetchDraft {
  if (prefill) return prefill
  const [first] = registrations
  const draft = first && draftFor(first.storageKey)
  if (draft) return draft
  const used = usedIds()
  const before = first && recall(first.storageKey)
  if (!before) return { target: first, fields: testFields(first ?? { base: '' }, used), note: '' }
  const target = registrations.find(isIn(before)) ?? first
  return { target, fields: usedAgain(before.fields, used), note: '' }
}

function NewFetchForm({ prefill }: { readonly prefill: NewFetchPrefill | null }) {
  revision.value
  const dialog = useRef<HTMLDialogElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const requests = useRef<HTMLTextAreaElement>(null)
  const registrations = registrationsOf(model().frames.values())
  const [first] = registrations
  // The page's registrations may not be known yet, or be others when it goes elsewhere: what nobody has changed follows them.
  const begun = useMemo(
    () => begin(prefill, registrations),
    [first?.storageKey, first?.scope, first?.base, registrations.length],
  )
  const [edited, setFields] = useState<NewFetchFields | null>(null)
  const [chosen, setTarget] = useState<StartTarget | null>(null)
  const fields = edited ?? begun.fields
  const target = chosen ?? begun.target
  /** How often a start was tried: what is wrong is said from then on. */
  const [tried, setTried] = useState(0)
  const [discarded, setDiscarded] = useState(false)
  const note = discarded ? '' : begun.note
  /** Brings back what “Reset” took away, until the next edit. */
  const [undo, setUndo] = useState<{ restore(): void } | null>(null)
  const start = useStart()

  const registration = target && registrations.find(isIn(target))
  const { fetches } = model()
  const used = useMemo(usedIds, [fetches.length, fetches.at(-1)?.key])
  const { storageKey, scope, base } = registration ?? {}
  const read = useMemo(() => readTyped(fields.requests, base), [fields.requests, base])
  const checked = useMemo(
    () => checkFields(fields, registration, used, read),
    [fields, storageKey, scope, base, used, read],
  )
  const problemsOf = (name: FieldName) => (tried > 0 ? (checked.problems[name] ?? []) : [])

  useEffect(() => {
    if (tried === 0) return
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const { textProblem } = checked
    if (field && field === requests.current && textProblem) {
      // The browser scrolls to what is selected when a field gets the focus, not when it has it.
      field.blur()
      requests.current.setSelectionRange(textProblem.from, textProblem.to)
    }
    field?.focus()
  }, [tried])

  const done = (begun: boolean) => {
    if (begun) dialog.current?.close()
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!checked.fetch || !registration) return setTried(tried + 1)
    if (await mayRemember()) remember(registration, fields)
    const started = await start.start(registration, checked.fetch)
    if (started) dropDraft()
    done(started)
  }
  const keep = (kept: NewFetchDraft) => {
    if (first) saveDraft(first.storageKey, kept)
  }
  const set = (some: Partial<NewFetchFields>) => {
    const next = { ...fields, ...some }
    setUndo(null)
    setFields(next)
    keep({ target, fields: next, note })
  }
  const reset = () => {
    const remembered = registration && recall(registration.storageKey)
    setUndo({
      restore() {
        if (remembered) remember(remembered, remembered.fields)
        setFields(fields)
        setTarget(chosen)
        setDiscarded(discarded)
        setUndo(null)
        keep({ target, fields, note })
      },
    })
    dropDraft()
    if (registration) forget(registration.storageKey)
    setFields(testFields(first ?? { base: '' }, used))
    setTarget(first ?? null)
    setDiscarded(true)
    setTried(0)
  }

  return (
    <Dialog
      dialog={dialog}
      class={`${formStyles.dialog} ${styles.dialog}`}
      aria-labelledby="new-fetch-title"
      onClose={close}
    >
      <form
        ref={form}
        noValidate
        onSubmit={(event) => void submit(event)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          event.currentTarget.requestSubmit()
        }}
      >
        <h2 id="new-fetch-title">{text.title}</h2>
        {note && <p>{note}</p>}
        <FormFields
          fields={fields}
          id={idOf(fields.id, used)}
          registrations={registrations}
          registration={registration}
          problemsOf={problemsOf}
          warnings={checked.warnings}
          requests={requests}
          choose={(one) => {
            setUndo(null)
            setTarget(one ?? null)
            keep({ target: one, fields, note })
          }}
          set={set}
        />
        <p class={formStyles.small}>
          {[
            text.keys,
            start.allowed ? text.allowed : '',
            fits(fields) ? '' : t('new_fetch_not_remembered', count(MAX_REMEMBERED)),
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
        <div class={formStyles.actions}>
          <StartState {...start} />
          <button
            type="button"
            class={`${button.large} ${styles.reset}`}
            title={undo ? undefined : text.resetTitle}
            onClick={() => (undo ? undo.restore() : reset())}
          >
            {undo ? text.undo : text.reset}
          </button>
          <StartButtons {...start} disabled={start.starting} cancel={() => dialog.current?.close()} />
        </div>
      </form>
    </Dialog>
  )
}
