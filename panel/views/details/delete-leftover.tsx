import { useState } from 'preact/hooks'
import { deletableOf } from '../../../protocol/deletions'
import type { StorageItem } from '../../../protocol/storage-items'
import { t } from '../../i18n/i18n'
import { isStillThere } from '../../model/audit/still-there'
import { deletableText, deletionText } from '../../model/describe/deletion-text'
import { refusalText } from '../../model/describe/page-answer-text'
import type { Fetch } from '../../model/session/view'
import { askPage } from '../../state/session/ask-page'
import { past } from '../../state/session/session'
import { Confirm } from '../workers/confirm'

const text = {
  ask: t('delete_leftover'),
  sure: t('delete_sure'),
}

interface Props {
  readonly fetch: Fetch
  readonly stored: StorageItem
  /** Whether it is being asked. */
  readonly asks: boolean
  setAsks(asks: boolean): void
}

/** Whether an item can be deleted from here: of a kind that can be, of this page, and not gone. */
export const canDelete = (fetch: Fetch, stored: StorageItem): boolean =>
  deletableOf(stored) !== null && !past.value && isStillThere(fetch, stored)

/** Deletes an item of the site's storage that a fetch has left, after a question that names it; what is gone has no button. */
export function DeleteLeftover({ fetch, stored, asks, setAsks }: Props) {
  const [answer, setAnswer] = useState('')
  const item = deletableOf(stored)
  if (!item || past.value) return null
  const act = async () => {
    setAsks(false)
    const { storageKey, handle, scope } = fetch
    const answered = await askPage(storageKey, { kind: 'delete-item', handle, scope, item })
    const said = answered.ok ? answered.deletion && deletionText(answered.deletion) : refusalText(answered)
    setAnswer(said ?? '')
  }
  const isThere = isStillThere(fetch, stored)
  if (asks && isThere) {
    return (
      <Confirm
        question={t('delete_ask', deletableText(item))}
        label={text.sure}
        act={() => void act()}
        cancel={() => setAsks(false)}
      />
    )
  }
  return (
    <span>
      {answer === '' && isThere && (
        <button type="button" onClick={() => setAsks(true)}>
          {text.ask}
        </button>
      )}
      <span role="status">{answer}</span>
    </span>
  )
}
