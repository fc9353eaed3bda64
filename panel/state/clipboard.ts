import { visible } from '../i18n/visible'

/** Copies as a person would; for where the Clipboard API is withheld, as in DevTools. */
function copySelection(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  document.body.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}

/** Puts text into the clipboard, in which nothing hides; resolves with whether it is there. */
export async function copyText(text: string): Promise<boolean> {
  const shown = visible(text)
  try {
    await navigator.clipboard.writeText(shown)
    return true
  } catch {
    return copySelection(shown)
  }
}
