import type { AbortMoment } from '../../../protocol/planned-aborts'
import { t } from '../../i18n/i18n'
import { type SeriesCell, seriesCell } from '../../model/abort-series/cell'
import type { RunResult } from '../../model/abort-series/results'
import { nearestCleanRun } from '../../model/compare/partner'
import { seriesMomentText } from '../../model/describe/abort-series-text'
import type { AbortSeries, SeriesRun } from '../../model/session/plans/abort-series'
import type { Fetch } from '../../model/session/view'
import { comparing } from '../../state/compare'
import { selectedKey } from '../../state/session/selection'
import { model } from '../../state/session/session'
import { fetchMenu } from '../log/row-menu'
import { openContextMenu } from '../menu/context-menu'
import type { MenuEntry } from '../menu/entries'
import verdictStyles from '../verdict.module.css'
import { coldHead, momentHead, warmHead } from './moment-table'
import styles from './series.module.css'

const label = t('series_section')
const menuLabel = t('menu_fetch')

interface Line {
  readonly moment: AbortMoment
  /** Places in the plan of the run with the worker running, and of the one with it stopped first. */
  warm: number | undefined
  cold: number | undefined
}

/** The runs of each moment, in the order of the plan. */
function linesOf({ runs }: AbortSeries): readonly Line[] {
  const lines = new Map<string, Line>()
  for (const [index, { moment, cold }] of runs.entries()) {
    const key = JSON.stringify(moment)
    const line = lines.get(key) ?? { moment, warm: undefined, cold: undefined }
    lines.set(key, line)
    line[cold ? 'cold' : 'warm'] = index
  }
  return [...lines.values()]
}

function Shown({ cell }: { readonly cell: SeriesCell }) {
  return (
    <>
      {cell.verdict ? (
        <span class={verdictStyles.verdict} data-verdict={cell.verdict}>
          <span class={verdictStyles.sign} aria-hidden="true" />
          {cell.word}
        </span>
      ) : (
        <span class={styles.word}>{cell.word}</span>
      )}
      {cell.facts.length > 0 && ' '}
      {cell.facts.length > 0 && <span class={styles.facts}>{cell.facts.join(' · ')}</span>}
    </>
  )
}

/** Compares the fetch of a run with that of the clean run that is next to it. */
function compareWithClean(
  { key }: Fetch,
  { cold }: SeriesRun,
  clean: SeriesRun | null,
): readonly MenuEntry[] {
  const other = clean?.fetch
  if (!other) return []
  const moment = seriesMomentText(clean.moment)
  const state = clean.cold && !cold ? t('series_run_cold', moment) : moment
  return [
    {
      kind: 'action',
      label: t('compare_clean', state),
      run: () => {
        comparing.value = { key, with: other.key }
      },
    },
  ]
}

interface CellProps {
  readonly run: SeriesRun
  /** The clean run that is next to it. */
  readonly clean: SeriesRun | null
  readonly cell: SeriesCell
  /** The moment and the state of the worker. */
  readonly name: string
}

/** What a run has shown; it opens the fetch of the run. */
function Cell({ run, clean, cell, name }: CellProps) {
  const key = run.fetch?.key
  const fetch = key === undefined ? undefined : model().fetches.find((one) => one.key === key)
  const current = fetch !== undefined && selectedKey.value === key
  const title = cell.hint ? { title: cell.hint } : {}
  if (!fetch) {
    return (
      <td data-result={cell.word} {...title}>
        <Shown cell={cell} />
      </td>
    )
  }
  return (
    <td
      data-result={cell.word}
      data-current={current}
      {...title}
      onContextMenu={(event) =>
        openContextMenu(event, menuLabel, fetchMenu(fetch, compareWithClean(fetch, run, clean)))
      }
    >
      <button
        type="button"
        class={styles.cell}
        aria-label={t('series_choice', name, [cell.word, ...cell.facts].join(' · '))}
        aria-pressed={current}
        onClick={() => {
          selectedKey.value = fetch.key
        }}
      >
        <Shown cell={cell} />
      </button>
    </td>
  )
}

interface Props {
  readonly series: AbortSeries
  readonly results: readonly RunResult[]
  /** In epoch milliseconds. */
  readonly now: number
}

/** The runs of a series: a line for each moment, a column for each state of the worker. */
export function SeriesGrid({ series, results, now }: Props) {
  const { runs, traced } = series
  const cold = runs.some((run) => run.cold)
  const warm = runs.some((run) => !run.cold)
  const { workers } = model()
  const cellOf = (index: number | undefined, moment: AbortMoment, head: string) => {
    const run = index === undefined ? undefined : runs[index]
    const result = index === undefined ? undefined : results[index]
    if (!run || !result) return <td />
    const name = `${seriesMomentText(moment)}, ${head}`
    const clean = nearestCleanRun(series, results, index ?? -1)
    return <Cell run={run} clean={clean} cell={seriesCell(run, result, workers, now)} name={name} />
  }
  return (
    <table class={styles.grid} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{momentHead}</th>
          {warm && <th scope="col">{warmHead(traced)}</th>}
          {cold && <th scope="col">{coldHead}</th>}
        </tr>
      </thead>
      <tbody>
        {linesOf(series).map((line) => (
          <tr key={JSON.stringify(line.moment)} data-moment={seriesMomentText(line.moment)}>
            <th scope="row">{seriesMomentText(line.moment)}</th>
            {warm && cellOf(line.warm, line.moment, warmHead(traced))}
            {cold && cellOf(line.cold, line.moment, coldHead)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
