import type * as v from 'valibot'
import { SessionEvent } from '../../../protocol/events'
import { type Redactions, SiteMatching } from './envelope'
import { hostChange } from './redact-hosts'
import { queryChange } from './redact-queries'
import type { Change } from './replacement'
import { eachOf, part, type Steps } from './steps'
import { type Shape, walk } from './text-walk'

const eventShape = SessionEvent as v.GenericSchema as unknown as Shape

/** Each text is looked at once: most of them stand in a session many times. */
function remembered(change: Change): Change {
  const known = new Map<string, string>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const after = change(text)
    known.set(text, after)
    return after
  }
}

/** What stands in a file beside its events. */
export interface About {
  readonly title: string
  readonly matching: readonly SiteMatching[]
}

export interface Redacted extends About {
  readonly events: readonly SessionEvent[]
}

const matchingShape = SiteMatching as v.GenericSchema as unknown as Shape

/** Takes out of a session what is asked for: the same stands for the same in all of it. */
export function* redact(
  events: readonly SessionEvent[],
  { title, matching }: About,
  { queries, hosts }: Redactions,
): Steps<Redacted> {
  if (!queries && !hosts) return { events, title, matching }
  const texts = new Set<string>([title])
  const note: Change = (text) => {
    texts.add(text)
    return text
  }
  for (const one of matching) walk(matchingShape, one, note)
  yield* part(
    0,
    0.2,
    eachOf(events, (event) => void walk(eventShape, event, note)),
  )
  const same: Change = (text) => text
  const withoutQueries = queries ? remembered(yield* part(0.2, 0.3, queryChange([...texts]))) : same
  const left: string[] = []
  yield* part(
    0.3,
    0.5,
    eachOf([...texts], (text) => void left.push(withoutQueries(text))),
  )
  const withoutHosts = hosts ? yield* part(0.5, 0.6, hostChange(left)) : same
  const change = remembered((text) => withoutHosts(withoutQueries(text)))
  const safe: SessionEvent[] = []
  yield* part(
    0.6,
    1,
    eachOf(events, (event) => {
      const redacted = walk(eventShape, event, change) as SessionEvent
      // An event of a kind that is not known has no body left.
      if (redacted.body !== null) safe.push(redacted)
    }),
  )
  return {
    events: safe,
    title: change(title),
    matching: matching.map((one) => walk(matchingShape, one, change) as SiteMatching),
  }
}
