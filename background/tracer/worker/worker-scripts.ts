import * as v from 'valibot'
import type { ScriptFinding, ScriptMention } from '../../../protocol/worker-events'
import { MAX_WORKER_TEXT } from '../../../protocol/worker-fields'
import { askBrowser, type Send } from '../remote'
import { namedUrls } from './named-urls'
import { findingsIn, readScript, type ScriptReading } from './script-findings'
import { scriptMentions, surest } from './script-mentions'

/** The longest script that is read, in characters. */
const MAX_SCRIPT = 4_000_000
/** How many scripts of a run are read. */
const MAX_SCRIPTS = 300
/** How many scripts are remembered before they are read: the limit counts those without a URL too. */
const MAX_EARLY = 2 * MAX_SCRIPTS
/** How many mentions and how many findings of a run are reported. */
const MAX_MENTIONS = 20
/** How long after the last script all of them are reported, in milliseconds. */
const QUIET = 150
/** How long a script is read before everything else has its turn, in milliseconds. */
const TURN = 6

const Parsed = v.object({ scriptId: v.string(), url: v.string(), length: v.optional(v.number(), 0) })
const Source = v.object({ scriptSource: v.string() })

/** What the scripts of a run mention. */
export interface Mentions {
  readonly complete: boolean
  readonly mentions: readonly ScriptMention[]
  readonly findings: readonly ScriptFinding[]
}

export interface WorkerScripts {
  /** Has the run's scripts reported, those that it has loaded already and those to come. */
  read(): Promise<void>
  event(method: string, params: Record<string, unknown>): void
  end(): void
}

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve))

/** Runs the steps of a long work with turns for everything else between them. */
export async function timeSliced<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const until = performance.now() + TURN
    do {
      const step = steps.next()
      if (step.done) return step.value
    } while (performance.now() < until)
    await nextTask()
  }
}

/**
 * Reads the texts of the scripts that a worker runs, through its CDP session. The session's debugger is on for it, and never
 * pauses the worker.
 * https://chromedevtools.github.io/devtools-protocol/tot/Debugger/#method-getScriptSource
 *
 * @param report gets what all scripts mention, again whenever there is a script more
 * @param workerUrl of the worker, which URLs in its scripts are relative to
 * @param named gets the URLs of its origin that a script names
 * @param isNeeded whether something else needs the debugger when they are read
 */
export function createWorkerScripts(
  send: Send,
  report: (mentions: Mentions) => void,
  workerUrl = '',
  named: (urls: readonly string[]) => void = () => {},
  isNeeded: () => boolean = () => false,
): WorkerScripts {
  let mentions: readonly ScriptMention[] = []
  const readings: ScriptReading[] = []
  const urls = new Set<string>()
  let complete = true
  let count = 0
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let reading: Promise<void> = Promise.resolve()
  let reported = ''
  /** What was parsed before the scripts are to be read; the debugger may be on already. */
  let early: Record<string, unknown>[] | undefined = []

  const reportAll = () => {
    if (ended) return
    const all = {
      complete: complete && mentions.length <= MAX_MENTIONS,
      mentions: mentions.slice(0, MAX_MENTIONS),
      findings: findingsIn(readings, complete ? urls : null).slice(0, MAX_MENTIONS),
    }
    const text = JSON.stringify(all)
    if (text === reported) return
    reported = text
    report(all)
  }

  const readOne = async (scriptId: string, url: string) => {
    if (ended) return
    try {
      const { scriptSource } = await askBrowser(send, Source, 'Debugger.getScriptSource', { scriptId })
      const source = scriptSource.slice(0, MAX_SCRIPT)
      const found = await timeSliced(scriptMentions(source, url))
      if (scriptSource.length > MAX_SCRIPT) complete = false
      mentions = surest([...mentions, ...found])
      readings.push(await timeSliced(readScript(source, url, workerUrl || url)))
      urls.add(url)
      const inText = await timeSliced(namedUrls(source, workerUrl))
      if (inText.length > 0 && !ended) named(inText)
    } catch {
      // A run that ends meanwhile has nothing to answer; then nothing is reported either.
      complete = false
    }
  }

  const onParsed = (params: Record<string, unknown>) => {
    const parsed = v.safeParse(Parsed, params)
    // What has no address was evaluated, also by this extension.
    if (!parsed.success || parsed.output.url === '') return
    const { scriptId, url, length } = parsed.output
    if (++count > MAX_SCRIPTS || length > MAX_SCRIPT) complete = false
    else reading = reading.then(() => readOne(scriptId, url.slice(0, MAX_WORKER_TEXT)))
    clearTimeout(timer)
    timer = setTimeout(() => void reading.then(finish), QUIET)
  }

  /** A worker with a debugger is slower; it loads no script any more once it is installed. */
  const finish = () => {
    reportAll()
    if (!ended && !isNeeded()) void send('Debugger.disable').catch(() => {})
  }

  return {
    async read() {
      const parsed = early ?? []
      early = undefined
      for (const params of parsed) onParsed(params)
      await Promise.all([send('Debugger.enable'), send('Debugger.setSkipAllPauses', { skip: true })])
    },
    event(method, params) {
      if (method !== 'Debugger.scriptParsed') return
      if (!early) onParsed(params)
      else if (early.length < MAX_EARLY) early.push(params)
    },
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}
