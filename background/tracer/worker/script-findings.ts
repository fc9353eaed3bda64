import { eventNames } from '../../../protocol/event-names'
import type { ScriptFinding, ScriptRule } from '../../../protocol/worker-events'
import { MAX_WORKER_TEXT } from '../../../protocol/worker-fields'
import { placeOf } from './script-mentions'
import { cachesDeleted } from './script-rules/caches-deleted'
import { type Handler, handlersIn, listenings } from './script-rules/handlers'
import { importsOf } from './script-rules/imports'
import { callsOnRegistration, updatesUI, waitsForFunction } from './script-rules/methods'
import { isRedefined, mentions } from './script-rules/names'
import { extendedEvents, type Update, updatesNotExtended } from './script-rules/not-extended'
import { recordsStored } from './script-rules/records-stored'
import { storesCreated } from './script-rules/stores-created'
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

/** What is read of a script. */
export interface ScriptReading {
  readonly findings: readonly ScriptFinding[]
  /** Those of `script-event-not-extended`: no other script of the worker may extend these events. */
  readonly updates: readonly (Pick<Update, 'events'> & { readonly finding: ScriptFinding })[]
  /** The events that its listeners may extend; null where it may be any. */
  readonly extended: readonly string[] | null
  /** The URLs of the scripts that it imports; null where they are not known. */
  readonly imports: readonly string[] | null
}

const of = (rule: ScriptRule, places: readonly number[]): Found[] => places.map((at) => [rule, at])

/** Whether a script may change the browser's own interfaces. */
const isChanging = (tokens: Tokens) => mentions(tokens, INTERFACES, { from: 0, to: tokens.length })

/** What each rule finds in a script, handler by handler. */
function* found(tokens: Tokens, handlers: readonly Handler[]): Generator<Found[]> {
  const isCalled = (method: string) => !isDefined(tokens, method)
  const methods = ['updateUI', 'complete'].filter(isCalled)
  const waits = isCalled('waitUntil')
  const storage = !isRedefined(tokens, 'caches')
  if (tokens.placesOf('dispatchEvent').length === 0) yield of('script-unknown-event', unknownEvents(tokens))
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
  if (isCalled('createObjectStore')) yield of('script-store-created-late', storesCreated(tokens))
}

/** What is known of a script whose tokens are not read. */
const unread = (source: string): ScriptReading => ({
  findings: [],
  updates: [],
  extended: /waitUntil|ExtendableEvent|\beval\b|\bFunction\(/.test(source) ? null : [],
  imports: /\bimport(?:Scripts)?\b/.test(source) ? null : [],
})

/**
 * Reads what is wrong in the text of a worker's script, for certain. What may be right for a reason that is not in the text,
 * or in another form than those that are known, is not reported. Yields between two turns, as a script may be long.
 *
 * @param url of the script
 * @param workerUrl of the worker, which is another one where the script was imported
 */
export function* readScript(source: string, url: string, workerUrl = url): Generator<void, ScriptReading> {
  if (!source.includes('backgroundfetch')) return unread(source)
  const tokens = yield* readTokens(source)
  if (!tokens) return { ...unread(source), extended: null }
  const imports = importsOf(tokens, url, workerUrl)
  if (isChanging(tokens)) return { findings: [], updates: [], extended: null, imports }
  const findingAt = ([rule, at]: Found): ScriptFinding => {
    const place = placeOf(source, tokens.startOf(at))
    return { rule, location: { url: url.slice(0, MAX_WORKER_TEXT), ...place } }
  }
  const findings: ScriptFinding[] = []
  const handlers = handlersIn(tokens)
  for (const some of found(tokens, handlers)) {
    findings.push(...some.slice(0, MAX_FINDINGS).map(findingAt))
    yield
  }
  const updates = isDefined(tokens, 'updateUI') ? [] : updatesNotExtended(tokens, handlers)
  yield
  return {
    findings: findings.slice(0, MAX_FINDINGS),
    updates: updates.slice(0, MAX_FINDINGS).map(({ at, events }) => ({
      events,
      finding: findingAt(['script-event-not-extended', at]),
    })),
    extended: extendedEvents(tokens, handlers),
    imports,
  }
}

/**
 * The findings in all scripts of a worker.
 *
 * @param urls of the scripts that were read; null where some of them may not have been
 */
export function findingsIn(
  readings: readonly ScriptReading[],
  urls: ReadonlySet<string> | null,
): ScriptFinding[] {
  const extended = readings.map((one) => one.extended)
  const isWhole = readings.every(({ imports }) => imports?.every((url) => urls?.has(url)))
  const isExtended = (event: string) => extended.some((one) => !one || one.includes(event))
  const updates = urls && isWhole ? readings.flatMap((one) => one.updates) : []
  return [
    ...readings.flatMap(({ findings }) => findings),
    ...updates.filter(({ events }) => !events.some(isExtended)).map(({ finding }) => finding),
  ]
}
