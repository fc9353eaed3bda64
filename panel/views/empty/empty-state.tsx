import browser from 'webextension-polyfill'

import { anySeen, liveFetches } from '../../state/selection'
import { command, connection, model, past, revision } from '../../state/session'

import { say } from '../../words/words'
import { CopyExample } from './copy-example'
import styles from './empty-state.module.css'
import { emptyReason, type Reason } from './reason'

const text = { retry: say('empty_retry'), past: say('past_none'), learn: say('empty_learn') }

const retry = () => command((background) => background.retry())

async function grant(url: string) {
  const granted = await browser.permissions.request({ origins: [`${new URL(url).origin}/*`] })
  if (granted) retry()
}

/** The one thing to do about it. */
function Action({ reason }: { readonly reason: Reason }) {
  const { action, url, first } = reason
  if (action === 'grant' && url) {
    return (
      <button type="button" onClick={() => void grant(url)}>
        {say('empty_grant', new URL(url).host)}
      </button>
    )
  }
  if (action === 'retry') {
    return (
      <button type="button" onClick={retry}>
        {text.retry}
      </button>
    )
  }
  return first ? <CopyExample /> : null
}

/** Says why there is nothing to see and what to do next: in one line where fetches are listed above it. */
export function EmptyState() {
  revision.value
  const listed = model.fetches.length > 0
  // Why the tab shows nothing is no concern of a session that is over.
  if (past.value) return listed ? null : <div class={styles.line}>{text.past}</div>
  const reason = emptyReason(model, connection.value, liveFetches.value.length, anySeen.value)
  if (!reason) return null
  const brief = listed || reason.title === '' || (!reason.text && !reason.first)
  return (
    <div class={brief ? styles.line : styles.empty}>
      <h1>{reason.title}</h1>
      {reason.text && (
        <p>
          {reason.text}{' '}
          {reason.link && (
            <a href={reason.link} target="_blank" rel="noreferrer">
              {text.learn}
            </a>
          )}
        </p>
      )}
      <Action reason={reason} />
    </div>
  )
}
