import english from '../../extension/public/_locales/en/messages.json'

/** Names a message of the catalogue. */
export type Key = keyof typeof english

type BaseOf<K> = K extends `${infer Base}_other` ? (`${Base}_one` extends Key ? Base : never) : never

/** Names a message that counts something: the catalogue has one for each plural category of its language. */
export type CountedKey = BaseOf<Key>

type PluralKey = `${CountedKey}_${Intl.LDMLPluralRule}`

/** The browser's catalogue; Node, where the unit tests run, has none. */
const i18n = globalThis.chrome?.i18n as typeof chrome.i18n | undefined

/** Where values go, put back in the place of themselves: so a message is asked for once, and filled in here. */
const PLACES = ['$1', '$2', '$3', '$4', '$5', '$6', '$7', '$8', '$9']

/** A message as the catalogue has it; '' where it has none. */
const find = (key: Key | PluralKey): string => {
  if (i18n) return i18n.getMessage(key, PLACES)
  // The built panel always has a browser around it, and takes no catalogue along.
  if (import.meta.env?.PROD) return key
  const catalogue: Readonly<Record<string, { readonly message: string }>> = english
  return catalogue[key]?.message ?? ''
}

/** Texts in turn with numbers of the values that stand between them. */
const templates = new Map<Key | PluralKey, readonly string[]>()

/** A message in the reader's language. What a value contains is never read as a place for another one. */
export function t(key: Key | PluralKey, ...values: readonly (string | number)[]): string {
  let parts = templates.get(key)
  if (!parts) {
    parts = find(key).split(/\$([1-9])/)
    templates.set(key, parts)
  }
  let text = parts[0] ?? ''
  for (let i = 1; i < parts.length; i += 2) {
    text += `${values[Number(parts[i]) - 1] ?? ''}${parts[i + 1] ?? ''}`
  }
  return text
}

const known = t('language')
const browser = i18n?.getUILanguage() ?? known

/** The language of the messages, with the reader's country where the browser speaks the same. */
export const language = browser.startsWith(known) ? browser : known

const rules = new Intl.PluralRules(language)

/** Messages by what they count and the plural category. */
const counting = new Map<PluralKey, PluralKey>()

/** The message for a number of things, by the plural categories of the language; `other` where one is missing. */
export function counted(count: number, key: CountedKey): PluralKey {
  const wanted: PluralKey = `${key}_${rules.select(count)}`
  let found = counting.get(wanted)
  if (!found) {
    found = find(wanted) === '' ? `${key}_other` : wanted
    counting.set(wanted, found)
  }
  return found
}
