// @ts-check
import { button, byId } from './dom.js'
import { readHandler } from './settings.js'
import { registerWorker } from './worker.js'

const worker = await registerWorker(`/sw.js?handler=${readHandler()}`, '/')
byId('start').replaceChildren(
  button('Start a fetch', () => worker.backgroundFetch.fetch('csp', ['/media/csp.wav']), {
    className: 'main',
  }),
)
