import * as v from 'valibot'
import type { NewFetchFields } from '../../model/new-fetch/fields'
import type { StartTarget } from './start-fetch'

const NAME = 'new-fetch'
/** Of so many origins is remembered what was used last. */
const MAX_ORIGINS = 20
/** What is longer is not remembered: the extension's storage is for its settings, too. In characters. */
export const MAX_REMEMBERED = 50_000

const short = v.pipe(v.string(), v.maxLength(MAX_REMEMBERED))
const Remembered = v.pipe(
  v.array(
    v.object({
      storageKey: short,
      scope: short,
      fields: v.object({ id: short, title: short, downloadTotal: short, requests: short }),
    }),
  ),
  v.maxLength(MAX_ORIGINS),
)
type Remembered = v.InferOutput<typeof Remembered>

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>

function read(storage: Storage): Remembered {
  try {
    const parsed = v.safeParse(Remembered, JSON.parse(storage.getItem(NAME) ?? '[]'))
    return parsed.success ? parsed.output : []
  } catch {
    return []
  }
}

function write(storage: Storage, all: Remembered): void {
  try {
    storage.setItem(NAME, JSON.stringify(all))
  } catch {
    // Blocked or full: the next dialog begins with a test fetch.
  }
}

/** Whether it is short enough to be remembered. */
export const fits = (fields: NewFetchFields): boolean =>
  Object.values(fields).join('').length <= MAX_REMEMBERED

/** What was used last for an origin; undefined where nothing is remembered. */
export const recall = (storageKey: string, storage: Storage = localStorage) =>
  read(storage).find((one) => one.storageKey === storageKey)

/** Forgets what was used for an origin. */
export const forget = (storageKey: string, storage: Storage = localStorage): void =>
  write(
    storage,
    read(storage).filter((one) => one.storageKey !== storageKey),
  )

/** Remembers what was used for an origin, in the place of what was used before. */
export function remember(target: StartTarget, fields: NewFetchFields, storage: Storage = localStorage): void {
  const { storageKey, scope } = target
  const others = read(storage).filter((one) => one.storageKey !== storageKey)
  if (fits(fields)) write(storage, [{ storageKey, scope, fields }, ...others].slice(0, MAX_ORIGINS))
}
