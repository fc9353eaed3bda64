import { report } from '../../model/report/report'
import type { Fetch } from '../../model/session/view'
import { model, past } from '../../state/session/session'
import { browserBrands, extensionVersion } from '../../state/session/versions'
import { siteSettingsOf } from '../../state/site-settings'
import { CopyButton } from '../copy-button'
import styles from './details.module.css'

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
  return <CopyButton report={() => reportOf(fetch)} class={styles.copied} />
}
