import { useEffect } from 'preact/hooks'
import { settings } from '../../state/settings'
import { togglePause } from '../toolbar/pause-button'
import { helpOpen } from './help'

/** Where plain letters are text. */
const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]')

const shortcuts: Readonly<Record<string, () => void>> = {
  '?': () => {
    helpOpen.value = true
  },
  '/': () => document.querySelector<HTMLElement>('input[type="search"]')?.focus(),
  p: togglePause,
  g: () => {
    settings.group.value = !settings.group.peek()
  },
}

/**
 * Plain keys that work wherever no text is written and no dialog is open; those with Ctrl and the like are
 * DevTools' own.
 */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
      // The document knows at once that a dialog has closed, and whoever opened it a moment later.
      if (isField(event.target) || document.querySelector('dialog[open]')) return
      const run = shortcuts[event.key]
      if (!run) return
      event.preventDefault()
      run()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
