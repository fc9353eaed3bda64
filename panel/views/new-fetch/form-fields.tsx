import type { RefObject } from 'preact'
import { t } from '../../i18n/i18n'
import { oneLine } from '../../model/format'
import type { FieldName, NewFetchFields } from '../../model/new-fetch/fields'
import { PLACE } from '../../model/new-fetch/id-template'
import type { PageRegistration } from '../../model/new-fetch/registrations'
import { shownId } from '../../model/shown-id'
import button from '../button.module.css'
import { Field } from './field'
import styles from './new-fetch.module.css'

const text = {
  registration: t('new_fetch_registration'),
  id: t('new_fetch_id'),
  idHint: t('new_fetch_id_hint'),
  requests: t('new_fetch_requests'),
  requestsHint: t('new_fetch_requests_hint'),
  addPost: t('new_fetch_add_post'),
  title: t('new_fetch_fetch_title'),
  titleHint: t('new_fetch_title_hint'),
  total: t('new_fetch_total'),
  totalHint: t('new_fetch_total_hint'),
}

const POST = `fetch("/upload", {
  "method": "POST",
  "headers": { "Content-Type": "text/plain" },
  "body": "hello"
})`

function nameOf({ scope, own, framed }: PageRegistration): string {
  const shown = oneLine(scope, 200)
  if (own) return t('new_fetch_own', shown)
  return framed ? t('new_fetch_framed', shown) : shown
}

interface Props {
  readonly fields: NewFetchFields
  /** The ID that follows from what was typed. */
  readonly id: string
  readonly registrations: readonly PageRegistration[]
  readonly registration: PageRegistration | undefined
  problemsOf(name: FieldName): readonly string[]
  /** Requests that would not be sent. */
  readonly warnings: readonly string[]
  readonly requests: RefObject<HTMLTextAreaElement | null>
  choose(registration: PageRegistration | undefined): void
  set(some: Partial<NewFetchFields>): void
}

/** The fields of a new fetch, each with what is wrong with it. */
export function FormFields(props: Props) {
  const { fields, id, registrations, registration, problemsOf, warnings, requests, choose, set } = props
  const addPost = () => {
    set({ requests: `${fields.requests.trimEnd()}\n${POST}`.trimStart() })
    requests.current?.focus()
  }
  return (
    <div class={styles.fields}>
      <Field label={text.registration} problems={problemsOf('registration')} class={styles.registration}>
        {(input) => (
          <select
            {...input}
            value={registration ? registrations.indexOf(registration) : -1}
            onChange={({ currentTarget }) => choose(registrations[Number(currentTarget.value)])}
          >
            {registrations.map((one, i) => (
              <option key={`${one.storageKey} ${one.scope}`} value={i}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={text.id}
        hint={fields.id.includes(PLACE) ? t('new_fetch_id_becomes', oneLine(shownId(id), 80)) : text.idHint}
        problems={problemsOf('id')}
      >
        {(input) => (
          <input
            {...input}
            value={fields.id}
            onInput={({ currentTarget }) => set({ id: currentTarget.value })}
          />
        )}
      </Field>
      <Field label={text.title} hint={text.titleHint} problems={problemsOf('title')}>
        {(input) => (
          <input
            {...input}
            value={fields.title}
            onInput={({ currentTarget }) => set({ title: currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={text.requests}
        hint={text.requestsHint}
        problems={problemsOf('requests')}
        warnings={warnings}
        class={styles.requests}
        action={
          <button type="button" class={`${button.link} ${styles.add}`} onClick={addPost}>
            {text.addPost}
          </button>
        }
      >
        {(input) => (
          <textarea
            {...input}
            ref={requests}
            spellcheck={false}
            value={fields.requests}
            onInput={({ currentTarget }) => set({ requests: currentTarget.value })}
          />
        )}
      </Field>
      <Field label={text.total} hint={text.totalHint} problems={problemsOf('downloadTotal')}>
        {(input) => (
          <input
            {...input}
            inputMode="numeric"
            value={fields.downloadTotal}
            onInput={({ currentTarget }) => set({ downloadTotal: currentTarget.value })}
          />
        )}
      </Field>
    </div>
  )
}
