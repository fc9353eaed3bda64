import type { PlannedRun } from '../../../protocol/abort-series'
import { counted, t } from '../../i18n/i18n'
import { seriesMomentText } from '../describe/abort-series-text'
import { count } from '../format'
import type { RunResult } from './results'

interface Shown {
  readonly run: PlannedRun
  readonly result: RunResult
}

const list = (moments: readonly string[]) => moments.join(', ')

/** At which moments something was found: those of both states of the worker once, then those of one alone. */
function placesOf(bad: readonly Shown[], all: readonly Shown[]): readonly string[] {
  const names = (cold: boolean) =>
    bad.filter(({ run }) => run.cold === cold).map(({ run }) => seriesMomentText(run.moment))
  const [warm, cold] = [new Set(names(false)), new Set(names(true))]
  // Where only one state of the worker was tried, nothing depends on it.
  const states = new Set(all.map(({ run }) => run.cold))
  if (states.size < 2) return [list([...warm, ...cold])]
  const both = [...warm].filter((moment) => cold.has(moment))
  const onlyWarm = [...warm].filter((moment) => !cold.has(moment))
  const onlyCold = [...cold].filter((moment) => !warm.has(moment))
  return [
    both.length > 0 ? t('series_both', list(both)) : '',
    onlyWarm.length > 0 ? t('series_warm', list(onlyWarm)) : '',
    onlyCold.length > 0 ? t('series_cold', list(onlyCold)) : '',
  ].filter(Boolean)
}

/**
 * What a series has shown so far, in a few sentences: how many runs were clean, at which moments something was found, and what is
 * not known. "Only" is said where all others were clean.
 */
export function seriesSummary(runs: readonly PlannedRun[], results: readonly RunResult[]): string {
  const all = runs.flatMap((run, i): Shown[] => {
    const result = results[i]
    return result ? [{ run, result }] : []
  })
  const of = (kind: RunResult['kind']) => all.filter(({ result }) => result.kind === kind)
  const [clean, bad, unknown] = [of('clean'), of('not-clean'), of('unknown')]
  const [notTried, open] = [of('not-tried'), of('waiting').length + of('running').length]
  const only = clean.length > 0 && clean.length + bad.length === all.length
  const some = (number: number, sentence: string) => (number > 0 ? sentence : '')
  const total = all.length
  return [
    t(counted(total, 'series_clean'), count(clean.length), count(total)),
    some(bad.length, t(only ? 'series_bad_only' : 'series_bad', placesOf(bad, all).join('; '))),
    some(unknown.length, t(counted(unknown.length, 'series_unknown'), count(unknown.length))),
    some(notTried.length, t(counted(notTried.length, 'series_not_tried'), count(notTried.length))),
    some(open, t(counted(open, 'series_open'), count(open))),
  ]
    .filter(Boolean)
    .join(' ')
}
