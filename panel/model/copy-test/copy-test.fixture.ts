import { createAuditStream, type Look, recordOf, rowOf } from '../audit/audit.fixture'
import { noSettings } from '../audit/site-settings'
import { observed } from '../streams/events.fixture'
import type { TestFacts } from './facts'

/** A row that nothing but the handler can have written. */
export const leftRow = rowOf('episode')

/** A fetch that was aborted, and has left what `look` says. For tests. */
export function abortedStream(look: Look = { items: [leftRow] }) {
  const story = createAuditStream('episode')
  story.stream.page(observed.frame())
  story.seen()
  story.stream.panel(observed.abort('h'))
  return story.ended(look, [recordOf()])
}

/** What is known of a story's fetch, for the offer. For tests. */
export const around = (story: ReturnType<typeof createAuditStream>, seen: null | [] = null) => ({
  view: story.stream.model,
  settings: noSettings,
  seen,
  extension: '1.2.3',
})

/** Facts of a script, with whatever a test makes of them. */
export const factsOf = (some: Partial<TestFacts> = {}): TestFacts => ({
  page: 'https://pod.example/',
  scope: 'https://pod.example/',
  id: 'episode',
  requests: [{ method: 'GET', url: 'https://pod.example/1.mp3', headers: [] }],
  downloadTotal: 1000,
  moment: { bytes: 0, responses: 0, ms: 0, most: null, cold: false, text: '' },
  checks: [{ kind: 'row', names: { database: 'pod', store: 'downloads', key: 'episode' } }],
  about: [],
  ...some,
})
