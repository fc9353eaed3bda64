import browser from 'webextension-polyfill'
import { liveFetches } from '../../state/selection'
import { command, connection, model, past, revision } from '../../state/session'
import { say } from '../../words/words'
import styles from './empty-state.module.css'
import { emptyReason } from './reason'

const text = { retry: say('empty_retry'), past: say('past_none') }

const EXAMPLE = `const registration = await navigator.serviceWorker.ready
await registration.backgroundFetch.fetch('my-fetch', ['/large-file'])`

const retry = () => command((background) => background.retry())

async function grant(url: string) {
  const granted = await browser.permissions.request({ origins: [`${new URL(url).origin}/*`] })
  if (granted) retry()
}

/** Says why there is nothing to see, and what to do next. */
export function EmptyState() {
  revision.value
  const live = liveFetches.value.length
  // Why the tab shows nothing is no concern of a session that is over.
  if (past.value) return live > 0 ? null : <div class={styles.empty}>{text.past}</div>
  const reason = emptyReason(model, connection.value, live)
  if (!reason) return null
  const { url } = reason
  return (
    <div class={styles.empty}>
      <h1>{reason.title}</h1>
      {reason.text && <p>{reason.text}</p>}
      {reason.action === 'grant' && url && (
        <button type="button" onClick={() => void grant(url)}>
          {say('empty_grant', new URL(url).host)}
        </button>
      )}
      {reason.action === 'retry' && (
        <button type="button" onClick={retry}>
          {text.retry}
        </button>
      )}
      {reason.example && <pre>{EXAMPLE}</pre>}
    </div>
  )
}
