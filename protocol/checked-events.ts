import * as v from 'valibot'
import { SessionEvent } from './events'
import { NetworkBody } from './network-events'
import { PageBody } from './page-events'
import { SessionBody } from './session-events'
import { StorageChanged } from './storage-events'
import { WorkerBody } from './worker-events'

const all = [
  ...PageBody.options,
  ...SessionBody.options,
  ...WorkerBody.options,
  ...NetworkBody.options,
  StorageChanged,
]

/** The schema of each type of event: looked up, as to try one after the other takes ten times as long. */
const schemas = new Map<string, v.GenericSchema<unknown, SessionEvent['body']>>(
  all.map((schema) => [schema.entries.type.literal, schema]),
)

const Typed = v.object({ body: v.looseObject({ type: v.string() }) })
const Envelope = v.omit(SessionEvent, ['body'])

/** What is an event of the protocol, without anything that the protocol does not know. */
function eventOf(value: unknown): SessionEvent | undefined {
  const envelope = v.safeParse(Envelope, value)
  const type = v.safeParse(Typed, value)
  if (!envelope.success || !type.success) return undefined
  const schema = schemas.get(type.output.body.type)
  const body = schema && v.safeParse(schema, type.output.body)
  return body?.success ? { ...envelope.output, body: body.output } : undefined
}

/** The events of a list, and how many more were not what an event is. */
export interface CheckedEvents {
  readonly events: SessionEvent[]
  readonly unreadable: number
}

/** Checks events that come from disk or over a port: another version may have written them, or the disk have failed. */
export function checkedEvents(list: unknown): CheckedEvents {
  if (!Array.isArray(list)) return { events: [], unreadable: 1 }
  const events = list.flatMap((value) => eventOf(value) ?? [])
  return { events, unreadable: list.length - events.length }
}
