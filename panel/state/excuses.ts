import { computed, type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import type { Excuses } from '../model/audit/audit'

const RULES = 'rules-off'
const Texts = v.array(v.string())

function read(name: string): Set<string> {
  try {
    return new Set(v.parse(Texts, JSON.parse(localStorage.getItem(name) ?? '[]')))
  } catch {
    return new Set()
  }
}

/** Changes whenever something is excused, or no longer. */
export const excusesChanged = signal(0)

const lists = new Map<string, Signal<ReadonlySet<string>>>()

function listOf(name: string): Signal<ReadonlySet<string>> {
  let list = lists.get(name)
  if (!list) {
    list = signal(read(name))
    lists.set(name, list)
  }
  return list
}

function toggle(name: string, entry: string): void {
  const list = listOf(name)
  const next = new Set(list.value)
  if (!next.delete(entry)) next.add(entry)
  list.value = next
  excusesChanged.value++
  localStorage.setItem(name, JSON.stringify([...next]))
}

const expectedName = (storageKey: string) => `expected ${storageKey}`

/** Rules that are switched off. */
export const rulesOff = computed(() => listOf(RULES).value)

/** What is excused in an origin: rules that are off, and items that are expected there. */
export const excusesOf = (storageKey: string): Excuses => ({
  off: listOf(RULES).value,
  expected: listOf(expectedName(storageKey)).value,
})

/** Switches a rule off, or on again. */
export const toggleRule = (rule: string): void => toggle(RULES, rule)

/** Marks an item as expected in an origin, or takes that back. Remembered for the origin. */
export const toggleExpected = (storageKey: string, pattern: string): void =>
  toggle(expectedName(storageKey), pattern)
