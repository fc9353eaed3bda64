import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { whyNoTest } from '../../model/copy-test/copy-test'
import type { Fetch } from '../../model/session/view'
import { copyTest } from '../../state/copy-test'
import { siteSettingsOf } from '../../state/site-settings'
import audit from '../details/audit.module.css'
import { testLabels } from './entries'

const text = { hint: t('copy_test_hint') }

/** Copies a script that reproduces what the verdict on a fetch says; nothing where there can be none. */
export function CopyTest({ fetch }: { readonly fetch: Fetch }) {
  const [answer, setAnswer] = useState('')
  if (whyNoTest(fetch, siteSettingsOf(fetch.storageKey)) !== '') return null
  return (
    <div class={audit.actions}>
      {testLabels.map(([api, label]) => (
        <button
          key={api}
          type="button"
          title={text.hint}
          onClick={async () => {
            setAnswer('')
            setAnswer(await copyTest(fetch, api))
          }}
        >
          {label}
        </button>
      ))}
      <span role="status">{answer}</span>
    </div>
  )
}
