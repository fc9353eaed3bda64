import * as v from 'valibot'
import type { Location, Thrown } from '../../protocol/worker-fields'
import { MAX_WORKER_TEXT } from '../../protocol/worker-fields'
import { TracerError } from './problem'

/** Sends a CDP command to the tab or to one worker; rejects with the browser's message. */
export type Send = (method: string, params?: object) => Promise<unknown>

/**
 * Sends a CDP command whose answer is read. Rejects as the command does, and with `unreadable` where the answer has another shape
 * than the schema.
 */
export async function askBrowser<T>(
  send: Send,
  schema: v.GenericSchema<unknown, T>,
  method: string,
  params?: object,
): Promise<T> {
  const answer = v.safeParse(schema, await send(method, params))
  if (!answer.success) throw new TracerError('unreadable', method)
  return answer.output
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-PropertyPreview */
const PropertyPreview = v.object({
  name: v.string(),
  type: v.optional(v.string()),
  subtype: v.optional(v.string()),
  value: v.optional(v.string()),
})

/** https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-RemoteObject */
export const RemoteObject = v.object({
  type: v.string(),
  subtype: v.optional(v.string()),
  value: v.optional(v.unknown()),
  unserializableValue: v.optional(v.string()),
  description: v.optional(v.string()),
  objectId: v.optional(v.string()),
  preview: v.optional(v.object({ properties: v.array(PropertyPreview) })),
})
export type RemoteObject = v.InferOutput<typeof RemoteObject>

/** https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-StackTrace */
export const StackTrace = v.object({
  callFrames: v.array(
    v.object({
      functionName: v.optional(v.string()),
      url: v.string(),
      lineNumber: v.number(),
      columnNumber: v.number(),
    }),
  ),
})
export type StackTrace = v.InferOutput<typeof StackTrace>

/** https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-ExceptionDetails */
export const ExceptionDetails = v.object({
  text: v.string(),
  executionContextId: v.optional(v.number()),
  url: v.optional(v.string(), ''),
  lineNumber: v.number(),
  columnNumber: v.number(),
  stackTrace: v.optional(StackTrace),
  exception: v.optional(RemoteObject),
})

/** https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#event-executionContextCreated */
export const ContextCreated = v.object({
  context: v.object({
    id: v.number(),
    auxData: v.optional(v.object({ isDefault: v.optional(v.boolean(), false) })),
  }),
})

/**
 * The answer to commands that evaluate or call something, as far as it is read.
 * https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-evaluate
 */
export const Evaluated = v.object({
  result: RemoteObject,
  exceptionDetails: v.optional(v.object({ exception: v.optional(RemoteObject) })),
})
export type Evaluated = v.InferOutput<typeof Evaluated>

/** https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-globalLexicalScopeNames */
export const LexicalNames = v.object({ names: v.array(v.string()) })

/** https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-getProperties */
export const Properties = v.object({
  result: v.array(
    v.object({ name: v.string(), value: v.optional(RemoteObject), get: v.optional(RemoteObject) }),
  ),
  internalProperties: v.optional(
    v.array(v.object({ name: v.string(), value: v.optional(RemoteObject) })),
    [],
  ),
})
export type Properties = v.InferOutput<typeof Properties>

/** As much of a text as is taken from a worker. */
export const short = (text: string) => text.slice(0, MAX_WORKER_TEXT)

/** A value as the console would write it. */
export function remoteText(value: RemoteObject): string {
  if (value.type === 'string') return short(String(value.value))
  if (value.unserializableValue !== undefined) return short(value.unserializableValue)
  if (value.value !== undefined) return short(JSON.stringify(value.value))
  if (value.preview && value.subtype !== 'error') {
    const inner = value.preview.properties.map(({ name, value: shown }) => `${name}: ${shown ?? '…'}`)
    return short(`${value.description ?? ''} {${inner.join(', ')}}`)
  }
  return short(value.description ?? value.type)
}

/** What was thrown, as CDP describes it. */
export function remoteThrown(value: RemoteObject | undefined, text: string): Thrown {
  if (!value) return { message: short(text), stack: '' }
  const description = remoteText(value)
  const [first = ''] = description.split('\n', 1)
  return { message: first, stack: description.includes('\n') ? description : '' }
}

/** The innermost place of a stack that has a URL. CDP counts from 0, people from 1. */
export function remoteLocation(stack: StackTrace | undefined): Location | null {
  const frame = stack?.callFrames.find(({ url }) => url !== '')
  if (!frame) return null
  const { functionName: name, url, lineNumber, columnNumber } = frame
  return {
    url: short(url),
    line: lineNumber + 1,
    column: columnNumber + 1,
    ...(name ? { name: short(name) } : {}),
  }
}
