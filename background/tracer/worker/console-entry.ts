import * as v from 'valibot'
import type { BodyOf } from '../../../protocol/events'
import { Count } from '../../../protocol/numbers'
import {
  ExceptionDetails,
  RemoteObject,
  remoteLocation,
  remoteText,
  remoteThrown,
  StackTrace,
} from '../remote'

/** What is known of a console message or an exception beside the worker and the event that it belongs to. */
export type ConsoleBody = Omit<BodyOf<'console'>, 'worker' | 'event'>
export type ExceptionBody = Omit<BodyOf<'exception'>, 'worker' | 'event' | 'byHandler'>

/** The longest text of a message. */
const MAX_TEXT = 4000

const Called = v.object({ type: v.string(), args: v.array(RemoteObject), stackTrace: v.optional(StackTrace) })
const ThrownException = v.object({
  exceptionDetails: v.object({ ...ExceptionDetails.entries, exceptionId: v.optional(Count) }),
})
const Revoked = v.object({ exceptionId: Count })

/**
 * A console message of a worker; null where it can't be read.
 * https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#event-consoleAPICalled
 */
export function readConsole(params: Record<string, unknown>): ConsoleBody | null {
  const called = v.safeParse(Called, params)
  if (!called.success) return null
  const { type, args, stackTrace } = called.output
  const level = type === 'error' || type === 'assert' ? 'error' : type === 'warning' ? 'warning' : 'log'
  const text = args.map(remoteText).join(' ').slice(0, MAX_TEXT)
  return { type: 'console', level, text, location: remoteLocation(stackTrace) }
}

/**
 * An exception of a worker that nobody caught; null where it can't be read.
 * https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#event-exceptionThrown
 */
export function readException(params: Record<string, unknown>): ExceptionBody | null {
  const thrown = v.safeParse(ThrownException, params)
  if (!thrown.success) return null
  const { url, lineNumber, columnNumber, stackTrace, exception, text, exceptionId } =
    thrown.output.exceptionDetails
  const location =
    remoteLocation(stackTrace) ?? remoteLocation({ callFrames: [{ url, lineNumber, columnNumber }] })
  const number = exceptionId === undefined ? {} : { exception: exceptionId }
  return { type: 'exception', ...number, error: remoteThrown(exception, text), location }
}

/**
 * The number of an exception that was a rejection and has been handled since; undefined where it can't be read.
 * https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#event-exceptionRevoked
 */
export function readRevoked(params: Record<string, unknown>): number | undefined {
  const revoked = v.safeParse(Revoked, params)
  return revoked.success ? revoked.output.exceptionId : undefined
}
