import { useEffect, useState } from 'preact/hooks'
import type { PageAnswer, PageRequest } from '../../../protocol/page-requests'
import { t } from '../../i18n/i18n'
import { workerProblemText } from '../../model/describe/describe-worker'
import { refusalText } from '../../model/describe/page-answer-text'
import type { Worker } from '../../model/session/view'
import { askPage } from '../../state/session/ask-page'
import { request } from '../../state/session/session'

const text = { restarting: t('workers_restarting'), unregistered: t('workers_unregistered') }

/** What was asked for, and what became of it. */
interface Asked {
  readonly text: string
  readonly bad: boolean
}

/** What can be done with a worker, and what became of it. */
export function useActions(worker: Worker) {
  const [answer, setAnswer] = useState<Asked | null>(null)
  const [restarting, setRestarting] = useState(false)
  const { scope, stoppedAt } = worker
  const fail = (text: string) => setAnswer({ text, bad: true })
  const ask = async (what: PageRequest, done: (answer: PageAnswer) => string) => {
    setAnswer(null)
    const answered = await askPage(new URL(worker.url).origin, what)
    if (!answered.ok) return fail(refusalText(answered))
    const text = done(answered)
    setAnswer(text ? { text, bad: false } : null)
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
  useEffect(() => {
    // Not before: what starts earlier is not traced from its first line on.
    if (!restarting || stoppedAt === null) return
    setRestarting(false)
    void ask({ kind: 'start-worker', scope }, () => '')
  }, [restarting, stoppedAt])
  return {
    answer: restarting ? { text: text.restarting, bad: false } : answer,
    stop: () => void stop(),
    async restart() {
      setRestarting(true)
      if (!(await stop())) setRestarting(false)
    },
    update: () =>
      void ask({ kind: 'update', scope }, (done) =>
        t(done.ok && done.changed ? 'workers_updated' : 'workers_up_to_date'),
      ),
    unregister: () => void ask({ kind: 'unregister', scope }, () => text.unregistered),
  }
}
