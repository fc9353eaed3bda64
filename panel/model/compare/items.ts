import type { StorageItem } from '../../../protocol/storage-items'
import { t } from '../../i18n/i18n'
import { identityOf, labelOf, sizeOf } from '../audit/evidence/items'
import type { Finding } from '../audit/finding'
import { rules, sentencesOf } from '../audit/rules'
import { audit, type Verdict } from '../audit/verdict'
import { bytes, oneLine } from '../format'
import { type Cell, cellOf, none, notObserved, openCell } from './cell'
import { differenceOf, isNoticeable } from './difference'
import { join } from './join'
import type { Group, Line } from './line'
import { withoutId, withoutRandom } from './names'
import type { Side } from './side'
import { wouldSeeFinding, wouldSeeItem } from './would-see'

/** What an item is to a fetch. `ignored`: the developer does not want it reported. `unsure`: it may be new. */
type Role = 'wrong' | 'left' | 'new' | 'stored' | 'other' | 'ignored' | 'unsure'

interface Owned {
  readonly item: StorageItem
  readonly role: Role
}

const roleName: Readonly<Record<Role, string>> = {
  wrong: t('verdict_wrong'),
  left: t('verdict_left'),
  new: t('compare_new'),
  stored: t('verdict_stored'),
  other: t('compare_of_other'),
  ignored: t('compare_ignored'),
  unsure: t('compare_unsure'),
}

/** What is reported of an item; of what is wrong, the rule is. */
const REPORTED: ReadonlySet<Role> = new Set(['left', 'new', 'stored'])
/** What an item is to the fetch is not known. */
const isUnsure = ({ role }: Owned) => role === 'unsure' || role === 'other'

const roleOf = ({ rule }: Finding): Role => {
  const { severity } = rules[rule]
  return severity === 'left' || severity === 'new' ? severity : 'wrong'
}

/** All items of a fetch that its verdict is about, each once. */
function itemsOf(verdict: Verdict, { fetch }: Side): readonly Owned[] {
  const found = new Map<string, Owned>()
  const add = (item: StorageItem, role: Role) => {
    const identity = identityOf(item)
    if (!found.has(identity)) found.set(identity, { item, role })
  }
  for (const finding of [...verdict.wrong, ...verdict.left, ...verdict.unmatched]) {
    // What was removed from another fetch is not there.
    if (finding.stored && finding.rule !== 'removed-next') add(finding.stored, roleOf(finding))
  }
  for (const item of verdict.storedItems) add(item, 'stored')
  for (const { stored } of verdict.suppressed) if (stored) add(stored, 'ignored')
  for (const { item } of verdict.others) add(item, 'other')
  for (const { item, relation } of fetch.evidence?.items ?? [])
    if (relation === 'unsure' || relation === 'maybe-stored' || relation === 'shared') add(item, 'unsure')
  return [...found.values()]
}

function itemCell({ item, role }: Owned): Cell {
  const size = sizeOf(item)
  const shown = size !== null && size > 0 ? `${roleName[role]}, ${bytes(size)}` : roleName[role]
  return role === 'unsure' || role === 'other' ? openCell(shown) : cellOf(shown, role)
}

function groupOfPair(a: Owned, b: Owned): Group {
  if (isUnsure(a) || isUnsure(b)) return 'not-observed'
  if (a.role === 'ignored' || b.role === 'ignored') return 'same'
  if (a.role !== b.role) return 'differs'
  const difference = differenceOf('bytes', sizeOf(a.item), sizeOf(b.item))
  return difference && isNoticeable(difference) ? 'differs' : 'same'
}

/** What is left, new or stored of two fetches, with its size. */
export function compareItems(a: Side, b: Side): readonly Line[] {
  const sides = { a, b }
  const [ofA, ofB] = [audit(a.fetch, a.settings), audit(b.fetch, b.settings)]
  const joined = join(ofA ? itemsOf(ofA, a) : [], ofB ? itemsOf(ofB, b) : [], ({ item }, side) => {
    const identity = identityOf(item)
    return [identity, withoutId(identity, sides[side]), withoutRandom(identity, sides[side])]
  })
  return joined.flatMap((one): readonly Line[] => {
    if (![one.a, one.b].some((owned) => owned && REPORTED.has(owned.role))) return []
    const labels = [
      ...new Set([one.a, one.b].flatMap((owned) => (owned ? [oneLine(labelOf(owned.item), 300)] : []))),
    ]
    const name = labels.join(' / ')
    if (one.a && one.b) {
      const difference = differenceOf('bytes', sizeOf(one.a.item), sizeOf(one.b.item))
      const isShown = difference && isNoticeable(difference) ? difference : null
      return [
        {
          name,
          a: itemCell(one.a),
          b: itemCell(one.b),
          group: groupOfPair(one.a, one.b),
          difference: isShown,
        },
      ]
    }
    if (one.a) {
      const isSeen = wouldSeeItem(one.a.item, a, b)
      const cell = isSeen ? none : notObserved
      return [
        { name, a: itemCell(one.a), b: cell, group: isSeen ? 'only-a' : 'not-observed', difference: null },
      ]
    }
    const isSeen = wouldSeeItem(one.b.item, b, a)
    const cell = isSeen ? none : notObserved
    return [
      { name, a: cell, b: itemCell(one.b), group: isSeen ? 'only-b' : 'not-observed', difference: null },
    ]
  })
}

interface Wrong {
  readonly finding: Finding
  readonly ignored: boolean
  readonly verdict: Verdict
}

/** What a verdict finds that is no item that is left or new. */
function wrongOf(verdict: Verdict | null): readonly Wrong[] {
  if (!verdict) return []
  const of = (findings: readonly Finding[], ignored: boolean) =>
    findings
      .filter((finding) => roleOf(finding) === 'wrong' || finding.stored === null)
      .map((finding) => ({ finding, ignored, verdict }))
  return [
    ...of([...verdict.wrong, ...verdict.left, ...verdict.unmatched], false),
    ...of(verdict.suppressed, true),
  ]
}

const wrongCell = ({ finding, ignored }: Wrong): Cell =>
  cellOf(ignored ? roleName.ignored : oneLine(finding.item, 300) || t('compare_found'), 'found')

/** What is wrong with two fetches, by the rule that finds it. */
export function compareFindings(a: Side, b: Side): readonly Line[] {
  const sides = { a, b }
  const joined = join(
    wrongOf(audit(a.fetch, a.settings)),
    wrongOf(audit(b.fetch, b.settings)),
    ({ finding: { rule, item, pattern } }, side) => [
      `${rule} ${item}`,
      `${rule} ${withoutId(item, sides[side])}`,
      `${rule} ${withoutRandom(pattern, sides[side])}`,
    ],
  )
  return joined.flatMap((one): readonly Line[] => {
    const { finding, verdict } = one.a ?? one.b
    if ([one.a, one.b].every((wrong) => !wrong || wrong.ignored)) return []
    const name = sentencesOf(finding, verdict).wrong
    if (one.a && one.b)
      return [{ name, a: wrongCell(one.a), b: wrongCell(one.b), group: 'same', difference: null }]
    const isSeen = one.a ? wouldSeeFinding(finding, a, b) : wouldSeeFinding(finding, b, a)
    const other = isSeen ? none : notObserved
    const group = isSeen ? (one.a ? 'only-a' : 'only-b') : 'not-observed'
    return [
      {
        name,
        a: one.a ? wrongCell(one.a) : other,
        b: one.b ? wrongCell(one.b) : other,
        group,
        difference: null,
      },
    ]
  })
}
