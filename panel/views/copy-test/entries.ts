import { t } from '../../i18n/i18n'
import { whyNoTest } from '../../model/copy-test/copy-test'
import type { TestApi } from '../../model/copy-test/facts'
import { isLive } from '../../model/session/fetch-phase'
import type { Fetch } from '../../model/session/view'
import { copyTest } from '../../state/copy-test'
import { siteSettingsOf } from '../../state/site-settings'
import type { MenuEntry } from '../menu/entries'

/** What “Copy as test” is called for each API, in the order in which it is offered. */
export const testLabels: readonly (readonly [api: TestApi, label: string])[] = [
  ['puppeteer', t('copy_test_puppeteer')],
  ['playwright', t('copy_test_playwright')],
]

const hint = t('copy_test_hint')

/** “Copy as test” in the menu of a fetch that has ended; disabled with its reason where no script can be made. */
export function testEntries(fetch: Fetch): readonly MenuEntry[] {
  if (isLive(fetch)) return []
  const why = whyNoTest(fetch, siteSettingsOf(fetch.storageKey))
  return testLabels.map(([api, label]) => ({
    kind: 'action',
    label,
    title: why || hint,
    disabled: why !== '',
    run: () => void copyTest(fetch, api),
  }))
}
