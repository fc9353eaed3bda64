import type { Location, Thrown } from '../../protocol/worker-fields'
import { MAX_WORKER_TEXT } from '../../protocol/worker-fields'

/** Sends a CDP command to one worker; rejects with the browser's message. */
export type Send = <T>(method: string, params?: object) => Promise<T>

/** https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-RemoteObject */
export interface RemoteObject {
  readonly type: string
  readonly subtype?: string
  readonly value?: unknown
  readonly unserializableValue?: string
  readonly description?: string | undefined
  readonly objectId?: string
  readonly preview?: { readonly properties: readonly { name: string; value?: string }[] }
}

interface CallFrame {
  readonly functionName?: string | undefined
  readonly url: string
  readonly lineNumber: number
  readonly columnNumber: number
}

export interface StackTrace {
  readonly callFrames: readonly CallFrame[]
}

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
