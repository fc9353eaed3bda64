import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { report } from '../../model/report/report'
import type { Fetch } from '../../model/session/view'
import { copyText } from '../../state/clipboard'
import { model, past } from '../../state/session/session'
import { browserBrands, extensionVersion } from '../../state/session/versions'
import { siteSettingsOf } from '../../state/site-settings'
import round from '../round.module.css'
import { Icon } from '../toolbar/icon'
import styles from './details.module.css'

const text = {
  copy: t('copy_report'),
  copied: t('copied'),
  failed: t('not_copied'),
}

/** How long the answer stands, in milliseconds. */
const SHOWN = 3000

const reportOf = (fetch: Fetch) =>
  report(fetch, model().rows, {
    extension: extensionVersion(),
    browser: browserBrands(),
    session: past.value?.title ?? '',
    settings: siteSettingsOf(fetch.storageKey),
    workers: model().workers,
  })

/** Copies what is known of the fetch, for a bug report. */
export function CopyReport({ fetch }: { readonly fetch: Fetch }) {
  const [answer, setAnswer] = useState('')
  const copy = async () => {
    setAnswer('')
    setAnswer((await copyText(reportOf(fetch))) ? text.copied : text.failed)
    setTimeout(() => setAnswer(''), SHOWN)
  }
  return (
    <>
      <span role="status" class={styles.copied}>
        {answer}
      </span>
      <button
        type="button"
        class={round.round}
        aria-label={text.copy}
        title={text.copy}
        onClick={() => void copy()}
      >
        <Icon name="copy" />
      </button>
    </>
  )
}
