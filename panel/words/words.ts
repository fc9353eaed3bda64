import english from '../../extension/public/_locales/en/messages.json'

/** Names a message of the catalogue. */
export type Key = keyof typeof english

/** The browser's catalogue; Node, where the unit tests run, has none. */
const i18n = globalThis.chrome?.i18n as typeof chrome.i18n | undefined

/** Where values go, put back in the place of themselves: so a message is asked for once, and filled in here. */
const PLACES = ['$1', '$2', '$3', '$4', '$5', '$6', '$7', '$8', '$9']

const find = (key: Key): string => {
  if (i18n) return i18n.getMessage(key, PLACES)
  // The built panel always has a browser around it, and takes no catalogue along.
  return import.meta.env?.PROD ? key : english[key].message
}

/** Texts in turn with numbers of the values that stand between them. */
const templates = new Map<Key, readonly string[]>()

/** A message in the reader's language. What a value contains is never read as a place for another one. */
export function say(key: Key, ...values: readonly (string | number)[]): string {
  let parts = templates.get(key)
  if (!parts) {
    parts = find(key).split(/\$([1-9])/)
    templates.set(key, parts)
  }
  let said = parts[0] ?? ''
  for (let i = 1; i < parts.length; i += 2) {
    said += `${values[Number(parts[i]) - 1] ?? ''}${parts[i + 1] ?? ''}`
  }
  return said
}

const known = say('language')
const browser = i18n?.getUILanguage() ?? known

/** The language of the messages, with the reader's country where the browser speaks the same. */
export const language = browser.startsWith(known) ? browser : known

const rules = new Intl.PluralRules(language)

/** Which of two messages fits a number of things. */
export const counted = (count: number, one: Key, many: Key): Key =>
  rules.select(count) === 'one' ? one : many
