import type { Fetch } from './view'

const shortScope = (scope: string) => scope.replace(/^https?:\/\//, '').slice(0, 100)

/** What distinguishes a fetch from others of its id, for people: its number, and its scope where other scopes have one. */
export function disambiguator({ occurrence, ambiguous, scope }: Fetch): string {
  const number = occurrence > 1 ? ` #${occurrence}` : ''
  return ambiguous ? `${number} (${shortScope(scope)})` : number
}

/** The same among fetches that run, of which no two of a scope have one id. */
export const currentDisambiguator = ({ ambiguous, scope }: Fetch): string =>
  ambiguous ? ` (${shortScope(scope)})` : ''
