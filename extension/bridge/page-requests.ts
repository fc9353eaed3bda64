import { type PageAnswer, type PageRequest, refusal } from '../../protocol/page-requests'
import { MAX_PAGE_TEXT } from '../../protocol/seen-requests'
import { newFetch } from './new-fetch'
import type { Page, Registration } from './page'
import { errorText } from './snapshot'
import { deleteItem } from './storage/delete-item'

/** How long a server may take to send a text, in milliseconds. */
const TEXT_WITHIN = 10_000

const OK: PageAnswer = { ok: true }

async function readText(page: Page, address: string): Promise<PageAnswer> {
  const url = URL.canParse(address, page.url) ? new URL(address, page.url) : null
  if (url?.origin !== page.origin) return refusal('foreign')
  const response = await page.fetch(url.href, {
    credentials: 'same-origin',
    // One of the same origin may lead to another.
    redirect: 'error',
    signal: AbortSignal.timeout(TEXT_WITHIN),
  })
  if (!response.ok || !response.body) return refusal('rejected', `HTTP ${response.status}`)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  const parts: string[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { ok: true, text: parts.join('') }
    length += value.length
    if (length > MAX_PAGE_TEXT) {
      await reader.cancel()
      return refusal('too-long')
    }
    parts.push(value)
  }
}

/** A name that no active fetch of the registration has. */
function freeId(taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? 'test-fetch' : `test-fetch-${n}`
    if (!taken.includes(id)) return id
  }
}

async function testFetch(page: Page): Promise<PageAnswer> {
  const own = await page.registration()
  const usable = (one: Registration | undefined) => one?.active && one.backgroundFetch
  const registration = usable(own) ? own : (await page.registrations()).find(usable)
  const manager = registration?.backgroundFetch
  if (!manager) return refusal('no-worker')
  const [url = page.url] = page.url.split('#')
  const id = freeId(await manager.getIds())
  await page.started(registration.scope, await manager.fetch(id, [url], { title: id }))
  return OK
}

const workersOf = ({ installing, waiting, active }: Registration): readonly unknown[] =>
  [installing, waiting, active].filter(Boolean)

async function deleteLeftover(
  page: Page,
  { handle, scope, item }: Extract<PageRequest, { kind: 'delete-item' }>,
  command: string,
): Promise<PageAnswer> {
  const about = { type: 'item-deleted', handle, command, item } as const
  try {
    const outcome = await deleteItem(item, async () => {
      const owner = (await page.registrations()).find((one) => one.scope === scope)
      return (await owner?.getNotifications?.()) ?? []
    })
    page.report({ ...about, outcome })
    if (outcome.kind === 'deleted') page.itemDeleted(item)
    return { ok: true, deletion: outcome }
  } catch (error) {
    page.report({ ...about, outcome: { kind: 'failed', error: errorText(error) } })
    throw error
  }
}

async function answer(page: Page, request: PageRequest, command: string): Promise<PageAnswer> {
  if (request.kind === 'test-fetch') return testFetch(page)
  if (request.kind === 'text') return readText(page, request.url)
  if (request.kind === 'delete-item') return deleteLeftover(page, request, command)
  if (request.kind === 'seen-requests') {
    const requests = page.requestsOf(request.handle)
    return requests ? { ok: true, requests: [...requests] } : OK
  }
  const registration = (await page.registrations()).find(({ scope }) => scope === request.scope)
  if (!registration) return refusal('no-worker')
  switch (request.kind) {
    case 'new-fetch':
      return newFetch(page, registration, request)
    case 'update': {
      const before = workersOf(registration)
      await registration.update()
      // One that waits may have waited before.
      return { ok: true, changed: workersOf(registration).some((worker) => !before.includes(worker)) }
    }
    case 'unregister':
      return (await registration.unregister()) ? OK : refusal('no-worker')
    case 'start-worker':
      if (!registration.active) return refusal('no-worker')
      registration.active.postMessage({})
      return OK
  }
}

/** How many answers are remembered. */
const REMEMBERED = 50

/**
 * Does what the panel asks of the page, each command once: one that comes again, as the background was stopped
 * meanwhile, gets the same answer.
 */
export function createPageRequests(page: Page) {
  const answers = new Map<string, Promise<PageAnswer>>()
  return (request: PageRequest, command: string): Promise<PageAnswer> => {
    const before = answers.get(command)
    if (before) return before
    const answered = answer(page, request, command).catch((error: unknown) =>
      refusal('rejected', errorText(error)),
    )
    answers.set(command, answered)
    const [oldest] = answers.keys()
    if (answers.size > REMEMBERED && oldest !== undefined) answers.delete(oldest)
    return answered
  }
}
