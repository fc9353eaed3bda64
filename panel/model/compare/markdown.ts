import { t } from '../../i18n/i18n'
import { code, plain, table } from '../report/markdown'
import { type Comparison, grouped } from './compare'
import { differenceText } from './difference'
import type { Group, Line } from './line'

/** How a comparison calls its groups of lines. */
export const groupName: Readonly<Record<Group, string>> = {
  'only-a': t('compare_only_a'),
  'only-b': t('compare_only_b'),
  differs: t('compare_differs'),
  'not-observed': t('compare_one_not_observed'),
  same: t('compare_same'),
}

/** What the parts of a comparison are called. */
export const partName = {
  steps: t('compare_steps'),
  findings: t('compare_findings'),
  requests: t('requests_title'),
}

/** What the times of the steps are counted from. */
export const countedFrom: Readonly<Record<Comparison['steps']['from'], string>> = {
  abort: t('compare_from_abort'),
  settled: t('compare_from_settled'),
}

const differenceHead = t('compare_difference')
const nothing = t('compare_no_lines')

/** Lines of one group in a report: it must be readable. */
const MAX_LINES = 50

const amount = ({ difference }: Line) => (difference ? plain(differenceText(difference)) : '')

const amounts = (lines: readonly Line[]): string =>
  table(
    ['', 'A', 'B', differenceHead],
    lines.map((line) => [plain(line.name), plain(line.a.text), plain(line.b.text), amount(line)]),
  )

function groupsOf(title: string, lines: readonly Line[]): readonly string[] {
  const parts = grouped(lines).flatMap(({ group, lines }) => {
    const more = lines.length - MAX_LINES
    const rows = lines.slice(0, MAX_LINES).map(({ name, a, b }) => [code(name), plain(a.text), plain(b.text)])
    const all = [`${groupName[group]}:`, table(['', 'A', 'B'], rows)]
    return more > 0 ? [...all, t('report_more', more)] : all
  })
  return [`#### ${title}`, ...(parts.length > 0 ? parts : [nothing])]
}

/** What is compared, as it is named in the report. */
export interface ComparedNames {
  readonly a: string
  readonly b: string
}

/** A comparison as Markdown. */
export function comparisonMarkdown(comparison: Comparison, names: ComparedNames): string {
  const { facts, steps, findings, requests, summary } = comparison
  const parts = [
    `### ${t('compare_title')}`,
    `A: ${plain(names.a)}\n\nB: ${plain(names.b)}`,
    plain(summary),
    amounts(facts),
    ...groupsOf(partName.findings, findings),
    ...groupsOf(partName.requests, requests),
    ...(steps.lines.length > 0
      ? [`#### ${partName.steps}`, countedFrom[steps.from], amounts(steps.lines)]
      : []),
  ]
  return `${parts.join('\n\n')}\n`
}
