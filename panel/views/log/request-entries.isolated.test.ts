import { beforeEach, expect, test, vi } from 'vitest'
import type { Body } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import type { Row } from '../../model/session/view'
import { createStream, KEY, observed } from '../../model/streams/events.fixture'
import type { MenuEntry } from '../menu/entries'

const copyText = vi.fn(async (_text: string) => true)
const announce = vi.fn()
const seenRequests = vi.fn()
const past = vi.fn((): object | null => null)
vi.doMock('../../state/announce', () => ({ announce }))
vi.doMock('../../state/clipboard', () => ({ copyText }))
vi.doMock('../../state/repeat', () => ({ seenRequests }))
vi.doMock('../../state/session/session', () => ({ past: { peek: past } }))
const { backgroundFetchEntry, rowRequestEntries } = await import('./request-entries')

beforeEach(() => {
  vi.clearAllMocks()
  past.mockReturnValue(null)
  seenRequests.mockResolvedValue([{ method: 'GET', url: `${KEY}/1.mp3`, headers: [['x-mine', '1']] }])
})

const handle = 'h' as Handle
const sent: Body = { type: 'network-request', handle, request: 'r', method: 'GET', url: `${KEY}/1.mp3` }

/** The row of something that was reported while a fetch ran. */
function rowOf(body: Body): Row {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(body)
  return stream.model.rows.at(-1) ?? expect.unreachable()
}

async function copied(entries: readonly MenuEntry[], label: string): Promise<string | undefined> {
  const entry = entries.find((one) => one.kind === 'action' && one.label === label)
  if (entry?.kind !== 'action') return expect.unreachable()
  entry.run()
  await vi.waitFor(() => expect(announce).toHaveBeenCalled())
  return copyText.mock.lastCall?.[0]
}

test('a request that the browser sent and a response are copied with the headers that the page has seen', async () => {
  for (const body of [sent, observed.response('h')]) {
    expect(await copied(rowRequestEntries(rowOf(body)), 'Copy as cURL (bash)')).toBe(
      `# cookies unknown\ncurl --header 'x-mine: 1' '${KEY}/1.mp3'`,
    )
  }
})

test('no page is asked for those of a past session', async () => {
  past.mockReturnValue({})
  expect(await copied(rowRequestEntries(rowOf(sent)), 'Copy as fetch()')).toBe(
    `// headers unknown\n// mode, credentials, cache and referrer unknown\nfetch("${KEY}/1.mp3")`,
  )
  expect(seenRequests).not.toHaveBeenCalled()
})

test('a row that is about no request has none of these entries', () => {
  expect(rowRequestEntries(rowOf(observed.progress('h', 5)))).toEqual([])
})

test('a fetch whose requests are not all known is not copied, and the reason is said', async () => {
  const { fetch } = rowOf(observed.progress('h', 5))
  if (!fetch) return expect.unreachable()
  const copy = () => copied([backgroundFetchEntry(fetch)], 'Copy as backgroundFetch.fetch()')
  expect(await copy()).toContain('"x-mine": "1"')
  copyText.mockClear()
  announce.mockClear()
  seenRequests.mockResolvedValue(null)
  expect(await copy()).toBeUndefined()
  expect(announce).toHaveBeenCalledExactlyOnceWith('Not all requests of this fetch are known')
  past.mockReturnValue({})
  expect(backgroundFetchEntry(fetch)).toMatchObject({ disabled: true })
})
