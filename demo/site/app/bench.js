// @ts-check

import * as plans from './bench-plans.js'
import { button, byId, el } from './dom.js'
import { handlerNotes } from './handler-notes.js'
import { refusals } from './refusals.js'
import { readHandler, readSpeed, saveHandler, saveSpeed } from './settings.js'
import { clearStorage, showStorage } from './storage-view.js'
import { registerWorker } from './worker.js'

/**
 * Sets up the test bench of the podcast page.
 * @param {import('./fetches.js').Fetches} fetches
 * @param {() => Promise<void>} refresh
 */
export function openBench(fetches, refresh) {
  const say = (/** @type {string} */ words) => {
    byId('bench-says').textContent = words
  }

  /**
   * Puts another script in charge of the scope.
   * @param {string} script
   * @param {string} words
   */
  async function use(script, words) {
    say('The new worker takes over when the old one has finished its events.')
    fetches.worker = await registerWorker(script, '/')
    say(words)
    await refresh()
  }

  const unregister = async () => {
    await fetches.worker.unregister()
    say('The worker is unregistered. Reload the page or choose a handler to have one again.')
    await refresh()
  }
  const update = () => {
    const script = `/sw.js?handler=${readHandler()}&version=${Date.now()}`
    return use(script, 'A new version of the worker is in charge.')
  }
  const breakIt = () => use('/sw-throws.js', 'This worker runs until it is stopped and cannot start again.')

  /** What the browser says is shown here, and thrown on: DevTools reads what a page does not catch. */
  const refuse = (/** @type {keyof typeof refusals} */ name) => async () => {
    try {
      await refusals[name](fetches.worker)
    } catch (error) {
      say(`The browser refused: ${error instanceof Error ? error.message : error}`)
      throw error
    }
  }
  const start = (/** @type {import('../shared/types.js').Plan} */ plan) => fetches.start(plan)
  const startFive = async () => {
    for (const plan of plans.five(readSpeed())) await start(plan)
  }
  /** @type {[label: string, shows: string, run: () => unknown][]} */
  const tests = [
    ['Start five fetches', 'One origin’s fetches run one after the other; a sixth is refused.', startFive],
    [
      '404 episode',
      'The second of three files is missing: bad-status.',
      () => start(plans.missing(readSpeed())),
    ],
    [
      'Dropped connection',
      'The server hangs up half way, at every try.',
      () => start(plans.dropped(readSpeed())),
    ],
    [
      'Wrong length',
      'The server promises twice as much as it sends.',
      () => start(plans.wrongLength(readSpeed())),
    ],
    [
      'Too small downloadTotal',
      'The page announces a fifth of the size: download-total-exceeded.',
      () => start(plans.tooSmallTotal(readSpeed())),
    ],
    ['Many small files', 'Two hundred requests in one fetch.', () => start(plans.manySmall())],
    [
      'Upload 5 MB',
      'A POST with a body; progress counts what is sent.',
      () => start(plans.upload(readSpeed())),
    ],
    ['No CORS', 'Another origin that does not let this page read.', () => start(plans.noCors(readSpeed()))],
    ['Mode no-cors', 'A request for an opaque response: refused.', () => start(plans.opaque(readSpeed()))],
    ['Same ID twice', 'A second fetch with the ID of one that is active: refused.', refuse('twice')],
    ['Bad URL', '“http://” is no URL: refused.', refuse('badUrl')],
    ['Preflight', 'A header that needs a CORS preflight: the request is not sent.', refuse('preflight')],
    ['Server without an answer', 'It sends nothing for ten minutes.', () => start(plans.silent())],
    [
      'Abort from the worker',
      'The service worker calls abort() of every active fetch.',
      () => fetches.abortInWorker(),
    ],
    [
      'Fetch from the worker',
      'The service worker asks for it, not the page: Chromium refuses since version 149.',
      () => fetches.startInWorker(plans.fromWorker(readSpeed())),
    ],
    ['Update worker', 'A new version of the script takes over in the middle of a fetch.', update],
    ['Worker that cannot start', 'Its script throws whenever it is started again.', breakIt],
    ['Unregister this worker', 'What becomes of a fetch whose worker goes?', unregister],
  ]
  byId('bench-tests').replaceChildren(
    ...tests.map(([label, shows, run]) => el('li', {}, button(label, run), el('p', {}, shows))),
  )

  const select = /** @type {HTMLSelectElement} */ (byId('handler'))
  const explain = () => {
    byId('handler-note').textContent = handlerNotes[select.value] ?? ''
  }
  select.append(...Object.keys(handlerNotes).map((name) => el('option', { value: name }, name)))
  select.value = readHandler()
  select.onchange = async () => {
    saveHandler(select.value)
    explain()
    await use(`/sw.js?handler=${select.value}`, `The handler “${select.value}” is in charge.`)
  }
  explain()

  const speed = /** @type {HTMLInputElement} */ (byId('speed'))
  speed.value = String(readSpeed())
  speed.oninput = () => saveSpeed(Number(speed.value))

  byId('look').onclick = () => showStorage(byId('storage'))
  byId('clear').onclick = async () => {
    await clearStorage()
    await refresh()
  }
}
