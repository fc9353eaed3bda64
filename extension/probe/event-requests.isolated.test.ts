import { expect, test, vi } from 'vitest'
import { dispatchedOf } from '../../protocol/events.fixture'
import type { ProbeBody } from '../../protocol/probe-events'

const record = { request: new Request('https://pod.example/a.mp3') }
let records: readonly object[] = []
vi.stubGlobal('BackgroundFetchRegistration', { prototype: { matchAll: async () => records } })
// The probe takes the built-ins when it is loaded.
const { sendRequests } = await import('./event-requests')

const attributes = { result: 'failure', failureReason: 'fetch-error', downloaded: 0, uploaded: 0 } as const
const dispatched = dispatchedOf({ name: 'backgroundfetchfail' })
const failed = { ...dispatched, attributes: { ...dispatched.attributes, ...attributes } } as ProbeBody

async function sent(): Promise<ProbeBody[]> {
  const bodies: ProbeBody[] = []
  const event = Object.assign(new Event('backgroundfetchfail'), { registration: {} })
  await sendRequests(failed, event, (body) => bodies.push(body))
  return bodies
}

test('the requests of a fetch that failed before anything moved are reported', async () => {
  records = [record]
  expect(await sent()).toMatchObject([{ total: 1, requests: [{ method: 'GET', url: record.request.url }] }])
})

test('no request is reported where the event was over before they were read', async () => {
  records = []
  expect(await sent()).toEqual([])
})
