import type { ComponentChildren } from 'preact'
import { t } from '../../i18n/i18n'
import type { ColumnId, PlacedColumn } from '../../model/table/columns'
import { progressParts } from '../../model/table/progress'
import { handlerBelow } from '../../state/columns'
import { selectedKey } from '../../state/session/selection'
import { MiddleTruncated } from '../middle-truncated'
import { Mark } from '../planned-aborts/mark'
import { PlanButton } from '../planned-aborts/plan-button'
import verdictStyles from '../verdict.module.css'
import { AbortButton } from './abort-button'
import styles from './fetch-table.module.css'
import type { RowFacts } from './row-facts'
import stateStyles from './state.module.css'

interface Props {
  readonly facts: RowFacts
  readonly columns: readonly PlacedColumn[]
  /** Its place in the table, counted from 0. */
  readonly index: number
  /** Tab leads to it. */
  readonly current: boolean
}

interface BarProps {
  readonly facts: RowFacts
  /** Tab leads to its row. */
  readonly current: boolean
}

/** How far a fetch is that may still run, and where it will be aborted. */
function ProgressBar({ facts, current }: BarProps) {
  const { done, total, share, plannedShare } = facts
  const known = share !== null
  const bar = (
    <span
      class={known ? styles.bar : styles.indeterminate}
      role="progressbar"
      aria-label={t('progress_of', facts.id)}
      aria-valuetext={facts.wholeProgress}
      aria-valuemin={0}
      {...(known ? { 'aria-valuenow': done, 'aria-valuemax': total } : {})}
    >
      <span style={{ width: `${share ?? (done > 0 ? 100 : 0)}%` }} />
    </span>
  )
  if (plannedShare === null) return bar
  return (
    <>
      {bar}
      <Mark facts={facts} share={plannedShare} tabIndex={current ? 0 : -1} />
    </>
  )
}

/** How far the fetch is: a bar while it may still run, and the amounts. */
function Progress({ facts, current }: BarProps) {
  return (
    <>
      {facts.live && <ProgressBar facts={facts} current={current} />}
      <span class={styles.amounts}>
        {progressParts(facts.progress).map((part, i) => (
          <span key={i}>{part}</span>
        ))}
      </span>
    </>
  )
}

interface StateProps extends BarProps {
  /** No column shows the progress. */
  readonly withoutProgress: boolean
}

/** What the fetch does or how it ended, and why it stands still; how far it is where no other column says it. */
function State({ facts, current, withoutProgress }: StateProps) {
  const { state, waiting, behind, outcome, live, done, share, planned } = facts
  const progresses = live && withoutProgress
  return (
    <>
      {progresses && <ProgressBar facts={facts} current={current} />}
      <span
        class={stateStyles.state}
        data-outcome={outcome}
        data-waits={waiting !== ''}
        data-planned={planned !== ''}
        data-behind={behind}
      >
        {state && <span class={stateStyles.stateName}>{waiting || planned ? `${state} · ` : state}</span>}
        {waiting && (
          <span class={stateStyles.waiting}>{behind ? <MiddleTruncated text={waiting} /> : waiting}</span>
        )}
        {progresses && done > 0 && share !== null && share < 100 && !planned && (
          <span> {t('percent', share)}</span>
        )}
        {planned && (
          <span class={stateStyles.planned}>
            {waiting && ' · '}
            {planned}
          </span>
        )}
      </span>
      {handlerBelow.value && facts.handlerLine && (
        <span class={stateStyles.handler} title={facts.handlerHint} data-handler>
          {facts.handlerLine}
        </span>
      )}
    </>
  )
}

function Verdict({ facts }: { readonly facts: RowFacts }) {
  if (!facts.verdictKind) return <span class={styles.subtle}>{facts.verdict}</span>
  return (
    <span class={verdictStyles.verdict} data-verdict={facts.verdictKind}>
      <span class={verdictStyles.sign} aria-hidden="true" />
      {facts.verdict}
    </span>
  )
}

/** One fetch: which one it is, how far it is or how it ended, and what its handler did. */
export function FetchRow({ facts, columns, index, current }: Props) {
  // A component that reads a signal is drawn again only when that or one of its properties has changed.
  const selected = selectedKey.value === facts.key
  const cells: Record<ColumnId, readonly [title: string, content: ComponentChildren]> = {
    id: [
      facts.fullId + facts.disambiguator,
      <span class={styles.idCell} key="id">
        <button
          type="button"
          class={styles.fetchId}
          tabIndex={-1}
          aria-pressed={selected}
          aria-label={facts.shortId}
          data-select
        >
          <MiddleTruncated text={facts.fullId} />
        </button>
        {facts.disambiguator && (
          <span class={styles.disambiguator} data-disambiguator>
            {facts.disambiguator}
          </span>
        )}
        {facts.live && (
          <span class={styles.actions}>
            <AbortButton facts={facts} tabIndex={current ? 0 : -1} />
            <PlanButton facts={facts} tabIndex={current ? 0 : -1} />
          </span>
        )}
      </span>,
    ],
    progress: [facts.wholeProgress, <Progress key="progress" facts={facts} current={current} />],
    state: [
      facts.stateHint,
      <State
        key="state"
        facts={facts}
        current={current}
        withoutProgress={!columns.some(({ id }) => id === 'progress')}
      />,
    ],
    handler: [facts.handlerHint, facts.handler],
    verdict: [facts.verdictHint, <Verdict key="verdict" facts={facts} />],
    scope: [facts.scope, facts.shortScope],
    origin: [facts.origin, facts.origin],
    started: [facts.startedHint, facts.started],
    duration: ['', facts.duration],
  }
  return (
    <tr
      class={`${styles.row} ${selected ? styles.selected : ''}`}
      data-fetch={facts.key}
      data-index={index}
      data-id={facts.id}
      data-scope={facts.shortScope}
      data-state={facts.stateName}
      data-live={facts.live}
      data-tall={handlerBelow.value}
      tabIndex={current ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={selected}
    >
      {columns.map(({ id }) => {
        const [title, content] = cells[id]
        return (
          <td key={id} data-column={id} {...(title ? { title } : {})}>
            {content}
          </td>
        )
      })}
    </tr>
  )
}
