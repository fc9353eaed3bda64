import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { oneLine } from '../../model/format'
import { testFetchProblem } from '../../model/test-fetch'
import { startingNew } from '../../state/new-fetch/new-fetch'
import { askPage } from '../../state/session/ask-page'
import { model } from '../../state/session/session'
import styles from './empty-state.module.css'

const text = { start: t('empty_test'), starting: t('empty_test_starting'), newFetch: t('new_fetch_menu') }

const startNew = () => {
  startingNew.value = 'blank'
}

/** Starts a background fetch of the page's own URL: the first thing to try, without any code. Beside it, one of what is typed. */
export function StartTest() {
  const [problem, setProblem] = useState('')
  const [asked, setAsked] = useState(false)
  const frames = [...model().frames.values()].filter(({ secure, supported }) => secure && supported)
  const page = frames.find(({ top }) => top) ?? frames[0]
  if (!page) return null
  const start = async () => {
    setAsked(true)
    setProblem('')
    setProblem(testFetchProblem(await askPage(page.storageKey, { kind: 'test-fetch' })))
    setAsked(false)
  }
  return (
    <>
      <div class={styles.actions}>
        <button type="button" class={styles.primary} disabled={asked} onClick={() => void start()}>
          {asked ? text.starting : text.start}
        </button>
        <button type="button" class={styles.link} onClick={startNew}>
          {text.newFetch}
        </button>
      </div>
      <p class={styles.hint}>{t('empty_test_text', oneLine(page.url.replace(/#.*$/, ''), 120))}</p>
      <p class={styles.problem} role="status">
        {problem}
      </p>
    </>
  )
}
