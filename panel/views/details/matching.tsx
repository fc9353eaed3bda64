import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { MAX_PATTERN } from '../../model/audit/evidence/matching'
import { past } from '../../state/session/session'
import { addMatching, matchingOf, removeMatching } from '../../state/site-settings'
import styles from './audit.module.css'

const text = {
  title: t('matching_title'),
  hint: t('matching_hint'),
  pattern: t('matching_pattern'),
  replacement: t('matching_replacement'),
  add: t('matching_add'),
  remove: t('matching_remove'),
  refused: t('matching_refused'),
}

interface FieldProps {
  readonly label: string
  readonly example: string
  readonly value: string
  set(value: string): void
}

const Field = ({ label, example, value, set }: FieldProps) => (
  <input
    aria-label={label}
    placeholder={example}
    maxLength={MAX_PATTERN}
    value={value}
    onInput={({ currentTarget }) => set(currentTarget.value)}
  />
)

/** How the IDs of a site's fetches become the keys of what belongs to them, as the developer set it. */
export function Matching({ storageKey }: { readonly storageKey: string }) {
  const rules = matchingOf(storageKey)
  const [pattern, setPattern] = useState('')
  const [replacement, setReplacement] = useState('')
  const [refused, setRefused] = useState(false)
  const readOnly = past.value !== null
  if (readOnly && rules.length === 0) return null
  const add = (event: Event) => {
    event.preventDefault()
    const added = addMatching(storageKey, { pattern, replacement })
    setRefused(!added)
    if (!added) return
    setPattern('')
    setReplacement('')
  }
  return (
    <details open={rules.length > 0}>
      <summary>{text.title}</summary>
      <p class={styles.pending}>{text.hint}</p>
      <ul class={styles.plain} aria-label={text.title}>
        {rules.map((rule) => (
          <li key={`${rule.pattern} ${rule.replacement}`} class={styles.actions}>
            <code>
              {rule.pattern} → {rule.replacement}
            </code>
            {!readOnly && (
              <button type="button" onClick={() => removeMatching(storageKey, rule)}>
                {text.remove}
              </button>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <form class={styles.actions} onSubmit={add}>
          <Field label={text.pattern} example="map-(.*)" value={pattern} set={setPattern} />
          <Field label={text.replacement} example="$1" value={replacement} set={setReplacement} />
          <button type="submit">{text.add}</button>
        </form>
      )}
      {refused && <p class={styles.pending}>{text.refused}</p>}
    </details>
  )
}
