// @ts-check
import { button, el } from './dom.js'
import { progressText } from './format.js'

/**
 * A progress bar with the bytes beside it and a Cancel button. `paint` brings it up to date without
 * making anything new, so that the button keeps its focus.
 * @param {string} title
 * @param {() => unknown} onCancel
 */
export function progressRow(title, onCancel) {
  const bar = el('progress', { 'aria-label': `Progress of ${title}` })
  const text = el('span', { className: 'bytes' })
  const cancel = button('Cancel', onCancel, { label: `Cancel ${title}`, className: 'quiet' })
  const element = el('div', { className: 'progress' }, bar, el('div', { className: 'line' }, text, cancel))

  /** @param {BackgroundFetchRegistration} registration */
  function paint({ downloaded, downloadTotal, uploaded, uploadTotal }) {
    // An upload is the longer part where there is one; the answer to it is a line of JSON.
    const [done, total] = uploadTotal > 0 ? [uploaded, uploadTotal] : [downloaded, downloadTotal]
    if (total > 0) {
      bar.max = total
      bar.value = Math.min(done, total)
    }
    text.textContent = done > 0 ? progressText(done, total) : 'Waiting for its turn'
  }
  return { element, paint }
}
