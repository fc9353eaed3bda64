import type { StorageItem } from '../../../protocol/storage-items'
import { counted, t } from '../../i18n/i18n'
import { count, oneLine } from '../format'
import { shownId } from '../shown-id'
import { ageText } from './age'
import type { Evidence, JudgedItem } from './evidence/evidence'
import { labelOf, namesOf, patternOf, removedPatternOf, sizeOf, unmatchedPatternOf } from './evidence/items'
import { isCalled } from './evidence/matching'
import { type Finding, findingOf } from './finding'
import type { RuleId } from './rules'

const leftRule: Record<StorageItem['kind'], RuleId> = {
  row: 'row-left',
  file: 'file-left',
  'cache-entry': 'entry-left',
  notification: 'notification-left',
  'local-storage': 'value-left',
  'session-storage': 'value-left',
  directory: 'container-left',
  cache: 'container-left',
  database: 'container-left',
  'object-store': 'container-left',
}

/** Which other fetches something may belong to; '' for none. */
export function othersText(mayBeOf: readonly string[], isNamed = false): string {
  const [first] = mayBeOf
  if (first === undefined) return ''
  const named = oneLine(shownId(first), 60)
  if (isNamed) return t('note_names_other', named)
  return t(counted(mayBeOf.length, 'note_maybe_other'), named, count(mayBeOf.length - 1))
}

const noteOf = (
  { item, relation, late, gone, reverted, empty, mayBeOf }: JudgedItem,
  evidence: Evidence,
): string =>
  // What names the fetch is its own, whenever it was written.
  [
    relation === 'left' && item.change === 'added' ? '' : ageText(item, evidence.seenAt),
    empty ? t('note_empty') : '',
    gone ? t('note_gone') : reverted ? t('note_reverted') : late ? t('note_late') : '',
    othersText(mayBeOf, relation === 'left'),
  ]
    .filter(Boolean)
    .join(', ')

/** It names the fetch. */
export const leftFinding = (one: JudgedItem, evidence: Evidence): Finding => {
  const { item } = one
  return findingOf(leftRule[item.kind], {
    item: labelOf(item),
    note: noteOf(one, evidence),
    pattern: patternOf(item, evidence.id),
    bytes: sizeOf(item) ?? 0,
    stored: item,
    mayBeOf: one.mayBeOf,
  })
}

/** It is new, and not matched to the fetch. */
export const newFinding = (one: JudgedItem, evidence: Evidence): Finding => {
  const { item } = one
  return findingOf('not-matched', {
    item: labelOf(item),
    note: noteOf(one, evidence),
    names: namesOf(item),
    pattern: unmatchedPatternOf(item, evidence.id),
    bytes: sizeOf(item) ?? 0,
    stored: item,
    mayBeOf: one.mayBeOf,
  })
}

/** What is gone and was not matched to the fetch: its handler may have removed what was not its own. */
export const removedFindings = (
  { removed, id, success }: Evidence,
  keys: readonly string[],
): readonly Finding[] =>
  // A success may replace what was there.
  (success ? [] : removed)
    .filter((item) => !isCalled(item, keys))
    .map((item) =>
      findingOf('removed-unmatched', {
        item: labelOf(item),
        names: namesOf(item),
        pattern: removedPatternOf(item, id),
      }),
    )
