import { useState } from 'preact/hooks'
import { MAX_PATTERN } from '../../model/audit/matching'
import { past } from '../../state/session'
import { addMatching, matchingOf, removeMatching } from '../../state/site-settings'
import { say } from '../../words/words'
import styles from './audit.module.css'

const text = {
  title: say('matching_title'),
  hint: say('matching_hint'),
  pattern: say('matching_pattern'),
  replacement: say('matching_replacement'),
  add: say('matching_add'),
  remove: say('matching_remove'),
  refused: say('matching_refused'),
}

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
    <details class={styles.storage} open={rules.length > 0}>
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
          <input
            aria-label={text.pattern}
            placeholder="map-(.*)"
            maxLength={MAX_PATTERN}
            value={pattern}
            onInput={({ currentTarget }) => setPattern(currentTarget.value)}
          />
          <input
            aria-label={text.replacement}
            placeholder="$1"
            maxLength={MAX_PATTERN}
            value={replacement}
            onInput={({ currentTarget }) => setReplacement(currentTarget.value)}
          />
          <button type="submit">{text.add}</button>
        </form>
      )}
      {refused && <p class={styles.pending}>{text.refused}</p>}
    </details>
  )
}
