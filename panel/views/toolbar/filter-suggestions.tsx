import type { RefObject } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { oneLine } from '../../model/format'
import { type Suggestions, suggestFilter, withSuggestion } from '../../model/log/filter-suggestions'
import { query } from '../../state/log/filter'
import { model } from '../../state/session/session'
import { closesWithEscape } from '../escape'
import { place } from '../menu/popover'
import styles from './toolbar.module.css'

const text = { label: t('filter_suggestions') }

/** Kinds of rows are taken from the newest ones: a long log has them all by then. */
const NEWEST = 5000

const values = {
  *events() {
    for (const { kind } of model().rows.slice(-NEWEST)) yield kind
  },
  *fetches() {
    for (let at = model().fetches.length - 1; at >= 0; at--) yield model().fetches[at]?.id ?? ''
  },
}

interface Open {
  readonly found: Suggestions
  /** The one that Enter takes; -1 while there is none. */
  readonly active: number
}

/**
 * Suggestions for the word that is typed in a field, as a combobox has them.
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function useFilterSuggestions(field: RefObject<HTMLInputElement | null>) {
  const id = useId()
  const [open, setOpen] = useState<Open | null>(null)
  const caret = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (caret.current === null) return
    field.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const close = () => setOpen(null)
  const look = (asked = false, active = -1) => {
    const input = field.current
    const found = input && suggestFilter(input.value, input.selectionStart ?? 0, values, asked)
    setOpen(found ? { found, active } : null)
  }
  const take = (word: string) => {
    if (!open) return
    const next = withSuggestion(query.peek(), open.found, word)
    query.value = next.query
    caret.current = next.caret
    // A key has values to choose from.
    const more = word.endsWith(':') ? suggestFilter(next.query, next.caret, values) : null
    setOpen(more && { found: more, active: -1 })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    // The browser would empty the field.
    if (open && closesWithEscape(event, close)) return
    const words = open?.found.words ?? []
    const { key } = event
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const step = key === 'ArrowDown' ? 1 : -1
      if (!open) look(true, step > 0 ? 0 : -1)
      // Before the first and behind the last one stands the field itself.
      else
        setOpen({ ...open, active: ((open.active + 1 + step + words.length + 1) % (words.length + 1)) - 1 })
    } else if (key === 'Enter' && open && open.active >= 0) take(words[open.active] ?? '')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    attributes: {
      role: 'combobox',
      // Its list is the one below, and no datalist.
      list: undefined,
      'aria-autocomplete': 'list',
      'aria-expanded': open !== null,
      'aria-controls': id,
      ...(open && open.active >= 0 ? { 'aria-activedescendant': `${id}-${open.active}` } : {}),
      onKeyDown,
      onBlur: close,
    } as const,
    /** The text of the field has changed. */
    typed: () => look(),
    list: <SuggestionList id={id} field={field} open={open} take={take} />,
  }
}

interface Props {
  readonly id: string
  readonly field: RefObject<HTMLInputElement | null>
  readonly open: Open | null
  take(word: string): void
}

function SuggestionList({ id, field, open, take }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const shown = open !== null
  useEffect(() => {
    const [popover, anchor] = [list.current, field.current]
    if (!popover || !anchor) return
    if (!shown) return popover.hidePopover()
    popover.showPopover()
    place(popover, anchor.getBoundingClientRect())
  }, [shown, open?.found])
  return (
    <div
      ref={list}
      id={id}
      popover="manual"
      class={styles.suggestions}
      role="listbox"
      aria-label={text.label}
    >
      {open?.found.words.map((word, index) => (
        <div
          key={word}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === open.active}
          // The field keeps the focus.
          onPointerDown={(event) => {
            event.preventDefault()
            take(word)
          }}
        >
          {oneLine(word, 80)}
        </div>
      ))}
    </div>
  )
}
