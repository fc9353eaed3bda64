import { useState } from 'preact/hooks'
import { rowData } from '../../model/row-data'
import type { Row } from '../../model/view'
import { fullWordsOf } from '../../state/words'
import { say } from '../../words/words'
import styles from './log.module.css'
import { copyRow } from './row-menu'
import { ValueTree } from './value-tree'

const text = {
  label: say('data_label'),
  copy: say('data_copy'),
  copied: say('copied'),
  failed: say('data_not_copied'),
}

/** All that is known of an expanded row. */
export function RowDetail({ row, leave }: { readonly row: Row; readonly leave: () => void }) {
  const [answer, setAnswer] = useState('')
  const copy = () => void copyRow(row).then((copied) => setAnswer(copied ? text.copied : text.failed))
  return (
    <div role="row" aria-level={2} class={styles.detail}>
      <div role="gridcell" aria-colspan={5}>
        <div class={styles.actions}>
          <button type="button" class={styles.action} onClick={copy}>
            {text.copy}
          </button>
          <span aria-hidden="true">{answer}</span>
        </div>
        <ValueTree
          label={text.label}
          value={rowData(row, fullWordsOf(row))}
          open={['event', 'body']}
          leave={leave}
        />
      </div>
    </div>
  )
}
