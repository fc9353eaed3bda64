import * as v from 'valibot'
import { SessionEvent } from '../../protocol/events'
import { PageBody } from '../../protocol/page-events'
import { SessionBody } from '../../protocol/session-events'
import { StorageChanged } from '../../protocol/storage-events'
import { WorkerBody } from '../../protocol/worker-events'

const all = [...PageBody.options, ...SessionBody.options, ...WorkerBody.options, StorageChanged]

/** The schema of each type of event: looked up, as to try one after the other takes ten times as long. */
const schemas = new Map<string, v.GenericSchema>(all.map((schema) => [schema.entries.type.literal, schema]))

const Typed = v.object({ type: v.string() })
const Envelope = v.omit(SessionEvent, ['body'])

/** Whether something is an event of the protocol. What is not says nothing that could be shown. */
export function isEvent(value: unknown): value is SessionEvent {
  if (typeof value !== 'object' || value === null || !('body' in value)) return false
  const { body } = value
  if (!v.is(Typed, body) || !v.is(Envelope, value)) return false
  const schema = schemas.get(body.type)
  return schema !== undefined && v.is(schema, body)
}
