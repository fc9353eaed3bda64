import { t } from '../i18n/i18n'
import { testOffer } from '../model/copy-test/copy-test'
import type { TestApi } from '../model/copy-test/facts'
import { testScript } from '../model/copy-test/script'
import type { Fetch } from '../model/session/view'
import { announce } from './announce'
import { copyText } from './clipboard'
import { seenRequests } from './repeat'
import { model, past } from './session/session'
import { extensionVersion } from './session/versions'
import { siteSettingsOf } from './site-settings'

const text = { copied: t('copied'), failed: t('data_not_copied') }

/** Copies a script that reproduces the abort of a fetch, and says that it is copied, or why not; resolves with what it says. */
export async function copyTest(fetch: Fetch, api: TestApi): Promise<string> {
  const offer = testOffer(fetch, {
    view: model(),
    settings: siteSettingsOf(fetch.storageKey),
    seen: past.peek() ? null : await seenRequests(fetch),
    extension: extensionVersion(),
  })
  const copied = offer.ok && (await copyText(testScript(offer.facts, api)))
  const said = copied ? text.copied : offer.ok ? text.failed : offer.why
  announce(said)
  return said
}
