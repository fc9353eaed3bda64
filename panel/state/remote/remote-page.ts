import { signal } from '@preact/signals'
import * as v from 'valibot'
import { Bytes } from '../../../protocol/numbers'
import { abortFetch, readFetches, takeAnswers } from './page-functions'

/** How often the page is asked, in milliseconds. */
const EVERY = 1000
/** How many readings in a row may bring nothing before that is said. */
const SILENT = 5
/** What a page answers may be of any length. */
const MAX_ANSWER = 1_000_000
const NAME = 'background-fetch-devtools'
const ANSWERS = `${NAME}.aborted`

const text = v.pipe(v.string(), v.maxLength(100_000))
const RemoteFetch = v.object({
  scope: text,
  id: text,
  uploaded: Bytes,
  uploadTotal: Bytes,
  downloaded: Bytes,
  downloadTotal: Bytes,
})
/** An active background fetch of a page that is no tab of this browser. */
export type RemoteFetch = v.InferOutput<typeof RemoteFetch>

const Reading = v.union([v.object({ url: text, fetches: v.array(RemoteFetch) }), v.object({ error: text })])
const Answers = v.array(v.object({ scope: text, id: text, answer: text }))

/** What was read of a remote page last. */
export interface RemotePage {
  /** Of the document; '' as long as nothing was read. */
  readonly url: string
  readonly fetches: readonly RemoteFetch[]
  /** Why it could not be read last; '' when it could. */
  readonly problem: string
  /** It has not answered for some seconds. */
  readonly silent: boolean
}

export const remotePage = signal<RemotePage>({ url: '', fetches: [], problem: '', silent: false })
/** What `abort()` answered last, of which fetch. */
export const remoteAnswer = signal<{ readonly id: string; readonly answer: string } | null>(null)
/** Fetches whose abort was asked for, by scope and ID. */
export const abortingRemotely = signal<ReadonlySet<string>>(new Set())

/** Names a fetch among those of the page. */
export const remoteKey = ({ scope, id }: Pick<RemoteFetch, 'scope' | 'id'>): string => `${scope} ${id}`

/**
 * Calls a function in the inspected page; resolves with what it returns where that is a text, else with ''.
 *
 * @throws what the page threw, or why DevTools could not call it
 */
const call = (fn: (...args: string[]) => unknown, ...args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const expression = `(${fn})(${args.map((arg) => JSON.stringify(arg)).join()})`
    chrome.devtools.inspectedWindow.eval(expression, (result: unknown, exception) => {
      if (exception?.isException || exception?.isError) {
        reject(new Error(exception.value || exception.description || exception.code))
      } else resolve(typeof result === 'string' ? result : '')
    })
  })

/** A page may answer anything. */
function parsed<T>(schema: v.GenericSchema<unknown, T>, answer: string): T | undefined {
  if (answer === '' || answer.length > MAX_ANSWER) return undefined
  try {
    return v.parse(schema, JSON.parse(answer))
  } catch {
    return undefined
  }
}

let unanswered = 0

async function read(): Promise<void> {
  try {
    const reading = parsed(Reading, await call(readFetches, NAME))
    unanswered = reading ? 0 : unanswered + 1
    if (!reading) {
      if (unanswered >= SILENT) remotePage.value = { ...remotePage.peek(), silent: true }
    } else if ('error' in reading) {
      remotePage.value = { ...remotePage.peek(), problem: reading.error, silent: false }
    } else remotePage.value = { ...reading, problem: '', silent: false }
    const answers = parsed(Answers, await call(takeAnswers, ANSWERS)) ?? []
    const last = answers.at(-1)
    if (!last) return
    remoteAnswer.value = last
    const open = new Set(abortingRemotely.peek())
    for (const answer of answers) open.delete(remoteKey(answer))
    abortingRemotely.value = open
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    remotePage.value = { ...remotePage.peek(), problem }
  }
}

/** Reads the active background fetches of the inspected page once a second, for as long as the panel lives. */
export function watchRemotePage(): void {
  const next = () =>
    void read().finally(() => {
      setTimeout(next, EVERY)
    })
  next()
}

/** Aborts a background fetch of the inspected page. */
export async function abortRemote(fetch: RemoteFetch): Promise<void> {
  const key = remoteKey(fetch)
  abortingRemotely.value = new Set(abortingRemotely.peek()).add(key)
  try {
    await call(abortFetch, ANSWERS, fetch.scope, fetch.id)
  } catch (error) {
    const open = new Set(abortingRemotely.peek())
    open.delete(key)
    abortingRemotely.value = open
    remoteAnswer.value = { id: fetch.id, answer: error instanceof Error ? error.message : String(error) }
  }
}
