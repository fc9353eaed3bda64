import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { rowData } from '../../model/log/row-data'
import type { Row } from '../../model/session/view'
import { describeRowInFull } from '../../state/log/describe-row'
import button from '../button.module.css'
import styles from './row-detail.module.css'
import { copyRow } from './row-menu'
import { ValueTree } from './value-tree'

const text = {
  label: t('data_label'),
  copy: t('data_copy'),
  copied: t('copied'),
  failed: t('data_not_copied'),
}

/** All that is known of an expanded row. */
export function RowDetail({ row, leave }: { readonly row: Row; readonly leave: () => void }) {
  const [answer, setAnswer] = useState('')
  const copy = () => void copyRow(row).then((copied) => setAnswer(copied ? text.copied : text.failed))
  return (
    <div role="row" aria-level={2} class={styles.detail}>
      <div role="gridcell" aria-colspan={5}>
        <div class={styles.actions}>
          <button type="button" class={button.link} onClick={copy}>
            {text.copy}
          </button>
          <span aria-hidden="true">{answer}</span>
        </div>
        <ValueTree
          label={text.label}
          value={rowData(row, describeRowInFull(row))}
          open={['event', 'body']}
          leave={leave}
        />
      </div>
    </div>
  )
}
