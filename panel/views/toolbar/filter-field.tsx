import { useRef } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { count } from '../../model/format'
import { warm } from '../../state/log/describe-row'
import { hiddenRows, problem, query } from '../../state/log/filter'
import { source } from '../../state/session/pause'
import { useFilterSuggestions } from './filter-suggestions'
import { LevelsMenu } from './levels-menu'
import styles from './toolbar.module.css'

const text = {
  label: t('filter_label'),
  placeholder: t('filter_placeholder'),
  hint: t('filter_hint'),
  hidden: t('filter_hidden_hint'),
}

/** Narrows the log down, and says how much it hides. */
export function FilterField() {
  const hidden = hiddenRows.value
  const wrong = problem.value
  const field = useRef<HTMLInputElement>(null)
  const suggestions = useFilterSuggestions(field)
  return (
    <span class={styles.filter}>
      <input
        ref={field}
        type="search"
        {...suggestions.attributes}
        class={wrong ? styles.wrong : ''}
        aria-label={text.label}
        aria-invalid={wrong !== ''}
        placeholder={text.placeholder}
        title={wrong || text.hint}
        value={query.value}
        spellcheck={false}
        onFocus={() => warm(source.peek().rows)}
        onInput={(event) => {
          query.value = event.currentTarget.value
          suggestions.typed()
        }}
      />
      {suggestions.list}
      <span class={styles.hidden} aria-live="polite" title={wrong || text.hidden}>
        {wrong || (hidden > 0 ? t('filter_hidden', count(hidden)) : '')}
      </span>
      <LevelsMenu />
    </span>
  )
}
