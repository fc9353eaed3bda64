import type { BodyOf } from '../../../protocol/events'
import { type RemoteObject, remoteLocation, remoteText, remoteThrown, type StackTrace } from '../remote'

/** What is known of a console message or an exception beside the worker and the event that it belongs to. */
export type ConsoleBody = Omit<BodyOf<'console'>, 'worker' | 'event'>
export type ExceptionBody = Omit<BodyOf<'exception'>, 'worker' | 'event' | 'byHandler'>

/** The longest text of a message. */
const MAX_TEXT = 4000

/**
 * A console message of a worker.
 * https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#event-consoleAPICalled
 */
export function readConsole(params: Record<string, unknown>): ConsoleBody {
  const { type, args, stackTrace } = params as {
    type: string
    args: readonly RemoteObject[]
    stackTrace?: StackTrace
  }
  const level = type === 'error' || type === 'assert' ? 'error' : type === 'warning' ? 'warning' : 'log'
  const text = args.map(remoteText).join(' ').slice(0, MAX_TEXT)
  return { type: 'console', level, text, location: remoteLocation(stackTrace) }
}

/**
 * An exception of a worker that nobody caught.
 * https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#event-exceptionThrown
 */
export function readException(params: Record<string, unknown>): ExceptionBody {
  const { exceptionDetails } = params as {
    exceptionDetails: {
      text: string
      exception?: RemoteObject
      stackTrace?: StackTrace
      url?: string
      lineNumber: number
      columnNumber: number
    }
  }
  const { url = '', lineNumber, columnNumber } = exceptionDetails
  const location =
    remoteLocation(exceptionDetails.stackTrace) ??
    remoteLocation({ callFrames: [{ url, lineNumber, columnNumber }] })
  return {
    type: 'exception',
    error: remoteThrown(exceptionDetails.exception, exceptionDetails.text),
    location,
  }
}
