import { t } from '../../i18n/i18n'
import type { Comparison } from '../../model/compare/compare'
import { countedFrom, partName } from '../../model/compare/markdown'
import { TableHead } from '../table-head'
import styles from './compare.module.css'
import { Groups, Heading, Lines } from './lines'

const text = {
  title: t('compare_title'),
  columns: [t('compare_what'), 'A', 'B', t('compare_difference')],
}

interface Props {
  readonly comparison: Comparison
}

/** Two fetches side by side: how they ended, what was found, their requests, and the steps of both on one clock. */
export function ComparisonTable({ comparison: { facts, steps, findings, requests } }: Props) {
  return (
    <table class={styles.table} aria-label={text.title}>
      <colgroup>
        <col class={styles.what} />
        <col />
        <col />
        <col class={styles.difference} />
      </colgroup>
      <TableHead columns={text.columns} />
      <tbody data-part="facts">
        <Lines lines={facts} />
      </tbody>
      <Groups title={partName.findings} lines={findings} />
      <Groups title={partName.requests} lines={requests} />
      {steps.lines.length > 0 && (
        <tbody data-part="steps">
          <Heading>
            {partName.steps} <span class={styles.from}>{countedFrom[steps.from]}</span>
          </Heading>
          <Lines lines={steps.lines} />
        </tbody>
      )}
    </table>
  )
}
