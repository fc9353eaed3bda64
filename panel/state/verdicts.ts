import { type VerdictCell, verdictCell, verdictFacts } from '../model/verdict-cell'
import type { Fetch } from '../model/view'
import { excusesChanged, excusesOf } from './excuses'

interface Known {
  readonly facts: readonly unknown[]
  readonly cell: VerdictCell | null
}

const known = new WeakMap<Fetch, Known>()

/** The verdict on a fetch, judged anew only when something that it depends on has changed. */
export function verdictOf(fetch: Fetch): VerdictCell | null {
  const facts = [excusesChanged.value, ...verdictFacts(fetch)]
  const before = known.get(fetch)
  if (before?.facts.length === facts.length && facts.every((fact, i) => fact === before.facts[i])) {
    return before.cell
  }
  const cell = verdictCell(fetch, excusesOf(fetch.storageKey))
  known.set(fetch, { facts, cell })
  return cell
}
