import { browser } from '../../../wire/browser'
import { t } from '../../i18n/i18n'
import { anySeen, liveFetches } from '../../state/session/selection'
import { command, connection, model, past, revision } from '../../state/session/session'
import { RemoteFetches } from '../remote/remote-fetches'
import { CopyExample } from './copy-example'
import styles from './empty-state.module.css'
import { emptyReason, type Reason } from './reason'
import { StartTest } from './start-test'

const text = {
  retry: t('empty_retry'),
  past: t('past_none'),
  learn: t('empty_learn'),
  code: t('empty_code'),
  tabHint: t('empty_tab_hint'),
}

const retry = () => command((background) => background.retry())

async function grant(url: string) {
  const granted = await browser.permissions.request({ origins: [`${new URL(url).origin}/*`] })
  if (granted) retry()
}

/** What to try when nothing was seen yet. */
function FirstRun() {
  return (
    <>
      <StartTest />
      <details>
        <summary>{text.code}</summary>
        <CopyExample />
      </details>
      <p class={styles.hint}>{text.tabHint}</p>
    </>
  )
}

/** The one thing to do about it, or what can be done all the same. */
function Action({ reason }: { readonly reason: Reason }) {
  if (connection.value === 'no-tab') return <RemoteFetches />
  const { action, url, first } = reason
  if (action === 'grant' && url) {
    return (
      <button type="button" onClick={() => void grant(url)}>
        {t('empty_grant', new URL(url).host)}
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
  return first ? <FirstRun /> : null
}

/** Says why there is nothing to see and what to do next: in one line where fetches are listed above it. */
export function EmptyState() {
  revision.value
  const listed = model().fetches.length > 0
  // Why the tab shows nothing is no concern of a session that is over.
  if (past.value) return listed ? null : <div class={styles.line}>{text.past}</div>
  const reason = emptyReason(model(), connection.value, liveFetches.value.length, anySeen.value)
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
