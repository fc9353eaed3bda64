import { counted, t } from '../../i18n/i18n'
import { count } from '../format'
import { isNoticeable } from './difference'
import { factsOf } from './facts'
import { compareFindings, compareItems } from './items'
import type { Group, Line } from './line'
import { compareRequests } from './requests'
import type { Side } from './side'
import { compareSteps, type Steps } from './steps'

const stepsName = t('compare_steps')

/** Two fetches side by side. */
export interface Comparison {
  /** How they ended, who ended them, their handlers' time, and the verdicts. */
  readonly facts: readonly Line[]
  readonly steps: Steps
  /** What is wrong, left, new or stored. */
  readonly findings: readonly Line[]
  readonly requests: readonly Line[]
  /** What differs, in a sentence or two. */
  readonly summary: string
}

/** The groups in the order in which they are shown. */
export const groups: readonly Group[] = ['only-a', 'only-b', 'differs', 'not-observed', 'same']

const inGroup = (lines: readonly Line[], group: Group) => lines.filter((line) => line.group === group)

const isDifferent = ({ group }: Line) => group !== 'same' && group !== 'not-observed'

function summaryOf({ facts, steps, findings, requests }: Omit<Comparison, 'summary'>): string {
  const differing = facts.filter(isDifferent).map(({ name }) => name)
  if (steps.lines.some(isDifferent)) differing.push(stepsName)
  const of = (group: Group) => inGroup(findings, group).length
  const [onlyA, onlyB, others, open] = [of('only-a'), of('only-b'), of('differs'), of('not-observed')]
  const found = [
    onlyA > 0 ? t('compare_count_only_a', count(onlyA)) : '',
    onlyB > 0 ? t('compare_count_only_b', count(onlyB)) : '',
    others > 0 ? t('compare_count_differs', count(others)) : '',
    open > 0 ? t('compare_count_not_observed', count(open)) : '',
  ].filter(Boolean)
  const changed = requests.filter(isDifferent).length
  const sentences = [
    differing.length > 0 ? t('compare_facts_differ', differing.join(', ')) : '',
    found.length > 0 ? t('compare_findings_differ', found.join(', ')) : '',
    changed > 0 ? t(counted(changed, 'compare_requests_differ'), count(changed)) : '',
  ].filter(Boolean)
  if (sentences.length > 0) return sentences.join(' ')
  const amounts = [...facts, ...steps.lines].some(({ difference }) => difference && isNoticeable(difference))
  return t(amounts ? 'compare_amounts_differ' : 'compare_nothing_differs')
}

/** Compares two fetches, by what was observed of both: what was not observed of one is no difference. */
export function compare(a: Side, b: Side): Comparison {
  const compared = {
    facts: factsOf(a, b),
    steps: compareSteps(a, b),
    findings: [...compareFindings(a, b), ...compareItems(a, b)],
    requests: compareRequests(a, b),
  }
  return { ...compared, summary: summaryOf(compared) }
}

/** Lines by group, without groups that have none. */
export const grouped = (
  lines: readonly Line[],
): readonly { readonly group: Group; readonly lines: readonly Line[] }[] =>
  groups.map((group) => ({ group, lines: inGroup(lines, group) })).filter(({ lines }) => lines.length > 0)
