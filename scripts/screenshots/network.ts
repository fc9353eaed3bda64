import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Frame, Page } from 'puppeteer-core'
import { startFetch, startRequests } from '../browser/fetch'
import type { Scene } from './scene'
import { home, said, select } from './steps'

/** An address at which nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

/** Scrolls the details to their section Requests. scrollIntoView() would scroll DevTools around the panel as well. */
const showRequests = (panel: Frame) =>
  panel.$eval('section[aria-label="Requests"]', (section) => {
    const box = section.parentElement
    if (box) box.scrollTop += section.getBoundingClientRect().top - box.getBoundingClientRect().top
  })

/** Shows only rows of the network. */
const filterNetwork = (panel: Frame) =>
  panel.$eval('input[type="search"]', (field) => {
    ;(field as HTMLInputElement).value = 'source:network'
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })

/** Fetches that fail, each for another reason. */
async function failing(page: Page, panel: Frame): Promise<void> {
  await startFetch(page, { id: 'valley-clock', bytes: 600_000, rate: 300_000 })
  const other = page.url().replace('localhost', '127.0.0.1')
  await startRequests(page, 'salt-roads', [
    '/media/chapter-1.wav?size=200000&rate=0',
    `${other}media/chapter-2.wav?size=2000`,
  ])
  await startRequests(page, 'night-ferry', [`${await nobody()}/media/chapter-1.wav`])
  await startRequests(page, 'tide-tables', [
    '/media/chapter-3.wav?status=404',
    '/media/chapter-4.wav?redirect=1&size=2000',
  ])
  await said(panel, /tide-tables[\s\S]*bad-status/)
}

/** Why requests fail. */
export const network: readonly Scene[] = [
  {
    name: 'network-offer',
    url: home,
    async play(page, panel) {
      await failing(page, panel)
      await select(panel, 'salt-roads')
      await said(panel, /Observe requests/)
      await showRequests(panel)
    },
  },
  {
    name: 'network-why',
    url: home,
    permitted: true,
    async play(page, panel) {
      await failing(page, panel)
      await select(panel, 'salt-roads')
      await said(panel, /CORS/)
      await showRequests(panel)
      await filterNetwork(panel)
    },
  },
  {
    name: 'network-refused',
    url: home,
    permitted: true,
    async play(page, panel) {
      await failing(page, panel)
      await select(panel, 'night-ferry')
      await said(panel, /refused/)
      await showRequests(panel)
    },
  },
]
