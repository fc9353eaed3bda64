import type { FetchAttributes } from '../../../protocol/attributes'
import { attributes, dispatchedOf } from '../../../protocol/events.fixture'
import type { WorkerBody } from '../../../protocol/worker-events'
import { tracedWorker } from '../chrome.fixture'
import type { How } from './inject'
import { createWorkerRun } from './worker-run'

const ABORTED: FetchAttributes = { ...attributes, result: 'failure', failureReason: 'aborted' }

export const dispatched = (event = 1) => dispatchedOf({ worker: '', event, attributes: ABORTED })
export const returned = (event = 1) => ({ type: 'handler-returned', worker: '', event, ran: null })
export const done = (event = 1) => ({ type: 'event-done', worker: '', event, promises: 1, rejected: 0 })

/** The name of the binding that the probe was given. */
export const bindingOf = (sent: readonly { method: string; params: Record<string, unknown> }[]) =>
  sent.findLast(({ method }) => method === 'Runtime.addBinding')?.params.name

/**
 * A run of a worker that is traced, and what the browser was sent and what was reported of it.
 *
 * @param how one that is started was never active before
 */
export async function tracedRun(answer: typeof tracedWorker = tracedWorker, how: How = 'running') {
  const said: { body: WorkerBody; at: number | undefined }[] = []
  const refused: string[] = []
  const sent: { method: string; params: Record<string, unknown> }[] = []
  const send = async (method: string, params: object = {}) => {
    const one = { method, params: params as Record<string, unknown>, session: 's1' }
    sent.push(one)
    return answer(one)
  }
  const run = createWorkerRun(
    'worker-1',
    'https://pod.example/sw.js',
    'mark',
    send,
    (body, at) => said.push({ body, at }),
    (detail) => refused.push(detail),
  )
  await run.install(how, () => {}, how === 'started')
  const given = sent.findLast(({ params }) => String(params.expression).includes(JSON.stringify(how)))
  const [key = ''] = /\b[0-9a-f]{32}\b/.exec(String(given?.params.expression)) ?? []
  const payload = (text: string) =>
    run.event('Runtime.bindingCalled', { name: bindingOf(sent), payload: key + text })
  return {
    run,
    said,
    refused,
    sent,
    key,
    payload,
    tell: (body: object, at = Date.now()) => payload(JSON.stringify({ at, body })),
    last: () => said.at(-1)?.body,
    types: () => said.map(({ body }) => body.type),
  }
}
