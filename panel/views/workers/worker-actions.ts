import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { PageAnswer, PageRequest } from '../../../protocol/page-requests'
import { now } from '../../../wire/clock'
import { t } from '../../i18n/i18n'
import { workerProblemText } from '../../model/describe/describe-worker'
import { refusalText } from '../../model/describe/page-answer-text'
import { roughDuration } from '../../model/format'
import type { Worker } from '../../model/session/view'
import { askPage } from '../../state/session/ask-page'
import { past, request } from '../../state/session/session'
import { afterRestart, isRestart, RESTARTS, restartAsked, restartOver } from '../../state/workers/restarts'

/** How long it may take until a worker is reported to have stopped, or to have started, in milliseconds. */
const PATIENCE = 10_000

const text = {
  updated: t('workers_updated'),
  upToDate: t('workers_up_to_date'),
  unregistered: t('workers_unregistered'),
  awaited: { stop: t('workers_restarting'), start: t('workers_starting') },
  untraced: t('workers_restarted_untraced', RESTARTS),
  missed: {
    stop: t('workers_not_stopped', roughDuration(PATIENCE)),
    start: t('workers_not_started', roughDuration(PATIENCE)),
  },
}

/** What became of what was asked for. */
interface Answer {
  readonly text: string
  readonly bad: boolean
  /** The run that it is about; null where it is about its scope. */
  readonly run: string | null
}

/** The last answer of each scope: an update that finds a new script may replace the run at once. */
const answers = signal<ReadonlyMap<string, Answer>>(new Map())

/**
 * What can be done with a worker, and what became of it.
 *
 * @param first no other run of its scope is shown before it
 */
export function useActions(worker: Worker, first: boolean) {
  /** What a start that was asked for waits for. Its new run is shown in place of this one. */
  const [awaited, setAwaited] = useState<'stop' | 'start' | null>(null)
  const { scope, stoppedAt, scripts, listened } = worker
  const setAnswer = (text: string, bad = false, run: string | null = worker.worker) => {
    answers.value = new Map([...answers.peek(), [scope, { text, bad, run }]])
  }
  const fail = (text: string) => setAnswer(text, true)
  const last = past.value ? undefined : answers.value.get(scope)
  const answer = last?.text && (last.run === null ? first : last.run === worker.worker) ? last : null
  const ask = async (what: PageRequest, done: (answer: PageAnswer) => void) => {
    setAnswer('')
    const answered = await askPage(new URL(worker.url).origin, what)
    if (answered.ok) done(answered)
    else fail(refusalText(answered))
    return answered.ok
  }
  const stop = async () => {
    try {
      const problem = await request((background) => background.stopWorker(worker.worker))
      if (problem) fail(workerProblemText(problem))
      return !problem
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error))
      return false
    }
  }
  const start = async () => {
    setAwaited('start')
    if (await ask({ kind: 'start-worker', scope }, () => {})) return
    setAwaited(null)
    restartOver(scope)
  }
  /** One that has stopped is only started. */
  const begin = async () => {
    if (stoppedAt !== null) return start()
    setAwaited('stop')
    if (await stop()) return
    setAwaited(null)
    restartOver(scope)
  }
  useEffect(() => {
    const next = past.value ? 'none' : afterRestart(worker, now())
    if (next === 'again') void begin()
    else if (next === 'failed') fail(text.untraced)
    else if (next === 'done') setAnswer('')
  }, [scripts, listened.size, stoppedAt])
  useEffect(() => {
    // Not before: what starts earlier is not traced from its first line on.
    if (awaited === 'stop' && stoppedAt !== null) void start()
  }, [awaited, stoppedAt])
  useEffect(() => {
    if (!awaited) return
    const timer = setTimeout(() => {
      setAwaited(null)
      restartOver(scope)
      fail(text.missed[awaited])
    }, PATIENCE)
    return () => clearTimeout(timer)
  }, [awaited])
  return {
    answer: awaited
      ? { text: text.awaited[awaited], bad: false }
      : isRestart(worker)
        ? { text: text.awaited.stop, bad: false }
        : answer,
    stop() {
      restartOver(scope)
      void stop()
    },
    restart() {
      restartAsked(scope, now())
      void begin()
    },
    update: () =>
      void ask({ kind: 'update', scope }, (done) => {
        if (done.ok && done.changed) setAnswer(text.updated, false, null)
        else setAnswer(text.upToDate)
      }),
    unregister: () => void ask({ kind: 'unregister', scope }, () => setAnswer(text.unregistered)),
  }
}
