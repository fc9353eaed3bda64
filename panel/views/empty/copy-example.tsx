import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { copyText } from '../../state/clipboard'
import styles from './empty-state.module.css'

const text = { copy: t('empty_copy'), copied: t('empty_copied'), failed: t('not_copied') }

const EXAMPLE = `const registration = await navigator.serviceWorker.ready
await registration.backgroundFetch.fetch('my-fetch', [location.href])`

/** A background fetch to try: a few lines for the Console, and the button that copies them. */
export function CopyExample() {
  const [answer, setAnswer] = useState('')
  return (
    <>
      <pre>{EXAMPLE}</pre>
      <div class={styles.actions}>
        <button
          type="button"
          onClick={async () => setAnswer((await copyText(EXAMPLE)) ? text.copied : text.failed)}
        >
          {text.copy}
        </button>
        <span role="status">{answer}</span>
      </div>
    </>
  )
}
