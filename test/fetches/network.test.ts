import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Frame } from 'puppeteer-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { recordedEvents } from '../../scripts/browser/recorded'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openFetch, openTraced } from '../support/open-fetch'
import { abortInPage, media, startFetch } from '../support/page'
import { eventually, waitForEnded, waitForLive, waitForRow } from '../support/panel'
import { permittedFolder } from '../support/permitted'
import { button, filterLog, pressWithMouse } from '../support/press'

/** A site that leads each request on to another one, and one at whose address nobody listens any more. */
async function sites(to: (path: string) => string) {
  const listen = async () => {
    const server = createServer(({ url = '/' }, response) => {
      response.writeHead(302, { Location: to(url), 'Access-Control-Allow-Origin': '*' }).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const close = () => new Promise<unknown>((resolve) => server.close(resolve))
    return { origin, close }
  }
  const [leads, gone] = [await listen(), await listen()]
  await gone.close()
  onTestFinished(async () => void (await leads.close()))
  return { leads: leads.origin, gone: gone.origin }
}

/** A server that promises 100 kB, sends 1 kB and closes the connection. */
async function cutting(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Length': 100_000, 'Access-Control-Allow-Origin': '*' })
    response.write('x'.repeat(1000), () => setTimeout(() => response.destroy(), 100))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Has no address in the browser of these tests. */
const MISSING_HOST = 'missing.example'

const select = (panel: Frame, id: string) =>
  panel.$eval(`tr[data-id="${id}"]`, (row) => (row as HTMLElement).click())
const details = (panel: Frame) =>
  panel.$eval('[aria-label="Details of the selected fetch"]', (pane) => pane.textContent ?? '')

describe('with the permission to observe requests', async () => {
  const bench = useBench({
    own: true,
    extension: await permittedFolder(),
    args: [`--host-resolver-rules=MAP ${MISSING_HOST} ~NOTFOUND`],
  })

  test('each fetch says why its request failed, in the log and in its details', async () => {
    const { page, panel } = await openTraced(bench)
    const { leads, gone } = await sites((path) => new URL(path, bench.demo.otherOrigin).href)
    // All of them are listed before one of them runs.
    await startFetch(page, 'front')
    const small = media('small', { size: 1000, rate: 0 })
    await startFetch(page, 'refused', [`${gone}/a.wav`])
    await startFetch(page, 'cors', [new URL(small, bench.demo.otherOrigin).href])
    await startFetch(page, 'led', [`${leads}${small}`])
    await startFetch(page, 'missing', [media('missing', { status: 404 })])
    for (const id of ['refused', 'cors', 'led', 'missing']) await waitForLive(panel, id)
    // Rows that are scrolled out of view are not there to be read.
    await filterLog(panel, 'source:network')
    await abortInPage(page, 'front')
    await waitForRow(panel, {
      fetch: 'refused',
      name: 'first attempt failed',
      text: /refused the connection/,
    })
    await waitForRow(panel, {
      fetch: 'cors',
      name: 'first attempt failed',
      text: /CORS: .* sends no Access-Control/,
    })
    await waitForRow(panel, { fetch: 'led', name: 'request redirected', text: /302 GET http.* → http/ })
    const why = /CORS: .*after a redirect from .*\(the request has Origin: null\)/
    await waitForRow(panel, { fetch: 'led', name: 'first attempt failed', text: why })
    await waitForRow(panel, { fetch: 'missing', name: 'response headers', text: /404 GET \/media\/missing/ })
    await waitForEnded(panel, 'led')
    await select(panel, 'led')
    await eventually(() => details(panel)).toMatch(
      /Failed with fetch-error.* GET small\.wav.*: CORS: .*\(first attempt\)/,
    )
    const recorded = JSON.stringify(await recordedEvents(panel))
    expect(recorded).not.toMatch(/cookie|user-agent/i)
  })

  inFullRun('a body that is cut is named as the cause', async () => {
    const { page, panel } = await openTraced(bench)
    await startFetch(page, 'cut', [`${await cutting()}/cut.wav`])
    await waitForRow(panel, {
      fetch: 'cut',
      name: 'first attempt failed',
      text: /\/cut\.wav: the body is shorter than the headers promised \(net::ERR_CONTENT_LENGTH_MISMATCH\)/,
    })
    // The browser tries again meanwhile.
    await page.evaluate(async () => {
      const { backgroundFetch } = await navigator.serviceWorker.ready
      await (await backgroundFetch.get('cut'))?.abort()
    })
    await waitForEnded(panel, 'cut')
  })

  test('a host without an address is named as the cause, and the row of the result says no other', async () => {
    const { page, panel } = await openTraced(bench)
    await startFetch(page, 'address', [`https://${MISSING_HOST}/a.wav`])
    const why = /a\.wav: the host name could not be resolved \(net::ERR_NAME_NOT_RESOLVED\)/
    await waitForRow(panel, { fetch: 'address', name: 'first attempt failed', text: why })
    const name = 'settled: failure, fetch-error'
    const { text } = await waitForRow(panel, { fetch: 'address', name, text: why })
    expect(text).not.toMatch(/Known causes/)
  })
})

describe('without it', () => {
  const bench = useBench({ own: true })

  test('nothing is observed until a person asks for it, nor after it was given back', async () => {
    const { panel } = await openFetch(bench, 'any')
    const states = async () =>
      (await recordedEvents(panel)).flatMap(({ body }) =>
        body.type.startsWith('network-') ? [body.type === 'network-observed' ? body.on : body.type] : [],
      )
    await select(panel, 'any')
    await button(panel, 'Observe requests')
    expect(await states()).toEqual([])
    // A click by a script is none for the browser.
    await pressWithMouse(panel, 'Observe requests')
    await eventually(states).toEqual([true])
    await pressWithMouse(panel, 'Stop observing')
    await eventually(states).toEqual([true, false])
    await button(panel, 'Observe requests')
  })
})
