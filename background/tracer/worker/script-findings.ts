import { eventNames } from '../../../protocol/event-names'
import type { ScriptFinding, ScriptRule } from '../../../protocol/worker-events'
import { MAX_WORKER_TEXT } from '../../../protocol/worker-fields'
import { placeOf } from './script-mentions'
import { cachesDeleted } from './script-rules/caches-deleted'
import { type Handler, handlersIn, listenings } from './script-rules/handlers'
import { callsOnRegistration, updatesUI, waitsForFunction } from './script-rules/methods'
import { isRedefined, mentions } from './script-rules/names'
import { recordsStored } from './script-rules/records-stored'
import { readTokens, type Tokens } from './script-rules/tokens'

/** How many findings of a script are reported. */
const MAX_FINDINGS = 20

/** What a script that changes the browser's own interfaces names. */
const INTERFACES = [
  'BackgroundFetchEvent',
  'BackgroundFetchRegistration',
  'BackgroundFetchRecord',
  'BackgroundFetchUpdateUIEvent',
  'ExtendableEvent',
]

const known: ReadonlySet<string> = new Set(eventNames)
const withoutUpdateUI: ReadonlySet<string> = new Set(['backgroundfetchabort', 'backgroundfetchclick'])

const isFor = ({ events }: Handler, names: ReadonlySet<string>) => events.every((event) => names.has(event))

/** Whether a script has something of its own of a method's name, or names it in a string. */
const isDefined = (tokens: Tokens, method: string): boolean =>
  tokens.placesOf(method).some((i) => {
    const isMember = tokens.at(i - 1) === '.' || tokens.at(i - 1) === '?.'
    return !isMember || /^(?:=|\?\?=|\|\|=|&&=)$/.test(tokens.at(i + 1))
  })

/** Listeners to events that do not exist; a script that dispatches events may have events of its own. */
function unknownEvents(tokens: Tokens): number[] {
  if (isRedefined(tokens, 'addEventListener', 'self', 'globalThis')) return []
  return (
    listenings(tokens)
      .filter(({ event }) => /^backgroundfetch[a-z]*$/.test(event) && !known.has(event))
      // A property that is read as well is one of the site's own.
      .filter(({ event }) => tokens.placesOf(`on${event}`).length <= 1)
      .map(({ at }) => at - 2)
  )
}

type Found = readonly [rule: ScriptRule, at: number]

const of = (rule: ScriptRule, places: readonly number[]): Found[] => places.map((at) => [rule, at])

/** What each rule finds in a script, handler by handler. */
function* found(tokens: Tokens): Generator<Found[]> {
  const whole = { from: 0, to: tokens.length }
  if (mentions(tokens, INTERFACES, whole)) return
  const isCalled = (method: string) => !isDefined(tokens, method)
  const methods = ['updateUI', 'complete'].filter(isCalled)
  const waits = isCalled('waitUntil')
  const storage = !isRedefined(tokens, 'caches')
  if (tokens.placesOf('dispatchEvent').length === 0) yield of('script-unknown-event', unknownEvents(tokens))
  const handlers = handlersIn(tokens)
  for (const handler of handlers.filter((one) => isFor(one, known))) {
    yield [
      ...(methods.includes('updateUI') && isFor(handler, withoutUpdateUI)
        ? of('script-no-update-ui', updatesUI(tokens, handler))
        : []),
      ...methods.flatMap((method) =>
        of('script-registration-method', callsOnRegistration(tokens, handler, method)),
      ),
      ...(waits ? of('script-wait-until-function', waitsForFunction(tokens, handler)) : []),
      ...(storage ? of('script-record-stored', recordsStored(tokens, handler)) : []),
    ]
  }
  if (storage) yield of('script-caches-deleted', cachesDeleted(tokens, handlers))
}

/**
 * Reads what is wrong in the text of a worker's script, for certain. What may be right for a reason that is not in the text,
 * or in another form than those that are known, is not reported. Yields between two turns, as a script may be long.
 *
 * @param url of the script
 */
export function* scriptFindings(source: string, url: string): Generator<void, ScriptFinding[]> {
  if (!source.includes('backgroundfetch')) return []
  const tokens = yield* readTokens(source)
  if (!tokens) return []
  const all: ScriptFinding[] = []
  for (const some of found(tokens)) {
    for (const [rule, at] of some.slice(0, MAX_FINDINGS)) {
      const location = { url: url.slice(0, MAX_WORKER_TEXT), ...placeOf(source, tokens.startOf(at)) }
      all.push({ rule, location })
    }
    yield
  }
  return all.slice(0, MAX_FINDINGS)
}
