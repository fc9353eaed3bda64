import { computed, type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import { isRule, MAX_PATTERN, MAX_RULES, type MatchingRule } from '../model/audit/evidence/matching'
import type { SiteSettings } from '../model/audit/site-settings'
import { type PastSession, past } from './session/session'

const RULES = 'rules-off'
const Texts = v.array(v.string())
const short = v.pipe(v.string(), v.maxLength(MAX_PATTERN))
const Matching = v.pipe(v.array(v.object({ pattern: short, replacement: short })), v.maxLength(MAX_RULES))

/** Reads a list that is remembered; an empty one where there is none, or what there is can't be read. */
function read<T>(name: string, schema: v.GenericSchema<unknown, T[]>): T[] {
  try {
    return v.parse(schema, JSON.parse(localStorage.getItem(name) ?? '[]'))
  } catch {
    return []
  }
}

/** Changes whenever a setting of a site does. */
export const siteSettingsChanged = signal(0)

const lists = new Map<string, Signal<ReadonlySet<string>>>()
const matchings = new Map<string, Signal<readonly MatchingRule[]>>()

function signalOf<T>(known: Map<string, Signal<T>>, name: string, first: () => T): Signal<T> {
  let one = known.get(name)
  if (!one) {
    one = signal(first())
    known.set(name, one)
  }
  return one
}

const listOf = (name: string) => signalOf<ReadonlySet<string>>(lists, name, () => new Set(read(name, Texts)))

const matchingName = (storageKey: string) => `matching ${storageKey}`
const matchingSignal = (storageKey: string) =>
  signalOf<readonly MatchingRule[]>(matchings, storageKey, () => read(matchingName(storageKey), Matching))

function remember(name: string, value: unknown): void {
  siteSettingsChanged.value++
  localStorage.setItem(name, JSON.stringify(value))
}

function toggle(name: string, entry: string): void {
  const list = listOf(name)
  const next = new Set(list.value)
  if (!next.delete(entry)) next.add(entry)
  list.value = next
  remember(name, [...next])
}

const ignoredName = (storageKey: string) => `expected ${storageKey}`
const none: readonly MatchingRule[] = []

/** Rules that are disabled. */
export const disabledRules = computed(() => listOf(RULES).value)

type Matched = Pick<PastSession, 'matching'> | null

/** The matching rules of an origin: those of the session file for a session that came with some. */
function matchingIn(session: Matched, storageKey: string): readonly MatchingRule[] {
  const ofFile = session?.matching
  if (!ofFile) return matchingSignal(storageKey).value
  return ofFile.find((one) => one.storageKey === storageKey)?.rules ?? none
}

/** The same for what is drawn. */
export const matchingOf = (storageKey: string): readonly MatchingRule[] => matchingIn(past.value, storageKey)

/** What a developer has set for an origin, and the matching rules of a session. */
export const settingsIn = (session: Matched, storageKey: string): SiteSettings => ({
  disabled: listOf(RULES).value,
  ignored: listOf(ignoredName(storageKey)).value,
  matching: matchingIn(session, storageKey),
})

/** The same for what is drawn. */
export const siteSettingsOf = (storageKey: string): SiteSettings => settingsIn(past.value, storageKey)

/** Disables a rule everywhere, or enables it again. */
export const toggleRule = (rule: string): void => toggle(RULES, rule)

/** Ignores what a pattern stands for on a site, or takes that back. Remembered for the origin. */
export const toggleIgnored = (storageKey: string, pattern: string): void =>
  toggle(ignoredName(storageKey), pattern)

const isSame = (a: MatchingRule) => (b: MatchingRule) =>
  a.pattern === b.pattern && a.replacement === b.replacement

/** Adds a matching rule to an origin. Returns whether it is one that can be used. */
export function addMatching(storageKey: string, rule: MatchingRule): boolean {
  const list = matchingSignal(storageKey)
  if (!isRule(rule) || list.value.length >= MAX_RULES) return false
  if (!list.value.some(isSame(rule))) list.value = [...list.value, rule]
  remember(matchingName(storageKey), list.value)
  return true
}

/** Removes a matching rule of an origin. */
export function removeMatching(storageKey: string, rule: MatchingRule): void {
  const list = matchingSignal(storageKey)
  list.value = list.value.filter((one) => !isSame(rule)(one))
  remember(matchingName(storageKey), list.value)
}
