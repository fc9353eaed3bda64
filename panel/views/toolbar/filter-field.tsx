import { count } from '../../model/format'
import { hiddenRows, problem, query, shownRows } from '../../state/filter'
import { warm } from '../../state/words'
import { say } from '../../words/words'
import { LevelsMenu } from './levels-menu'
import styles from './toolbar.module.css'

const text = {
  label: say('filter_label'),
  placeholder: say('filter_placeholder'),
  hint: say('filter_hint'),
  hidden: say('filter_hidden_hint'),
}

/** Narrows the log down, and says how much it hides. */
export function FilterField() {
  const hidden = hiddenRows.value
  const wrong = problem.value
  return (
    <span class={styles.filter}>
      <input
        type="search"
        class={wrong ? styles.wrong : ''}
        aria-label={text.label}
        aria-invalid={wrong !== ''}
        placeholder={text.placeholder}
        title={wrong || text.hint}
        value={query.value}
        spellcheck={false}
        onFocus={() => warm(shownRows.peek().rows)}
        onInput={(event) => {
          query.value = event.currentTarget.value
        }}
      />
      <span class={styles.hidden} aria-live="polite" title={wrong || text.hidden}>
        {wrong || (hidden > 0 ? say('filter_hidden', count(hidden)) : '')}
      </span>
      <LevelsMenu />
    </span>
  )
}
