import type { BackgroundFetchEventName } from '../../../../protocol/event-names'
import { placeOf } from '../script-mentions'
import { firstParameter } from '../script-rules/functions'
import { handlersIn } from '../script-rules/handlers'
import { readTokens } from '../script-rules/tokens'
import type { ScriptPosition } from './positions'

/** What a condition may name: no escapes and no keyword that could do something. */
const PLAIN = /^[A-Za-z_$][\w$]{0,60}$/

/**
 * Where the text of a script has the functions that it adds as listeners of an event. That they were added is not known from it.
 * Yields between two turns, as a script may be long.
 */
export function* writtenHandlers(
  source: string,
  scriptId: string,
  name: BackgroundFetchEventName,
): Generator<void, ScriptPosition[]> {
  if (!source.includes(name)) return []
  const tokens = yield* readTokens(source)
  if (!tokens) return []
  // What stands for the global scope has many names; the breakpoint's condition looks at the event.
  return handlersIn(tokens, true)
    .filter(({ events }) => events.includes(name))
    .map(({ written: { parameters, body } }) => {
      const parameter = firstParameter(tokens, parameters)
      const { line, column } = placeOf(source, tokens.startOf(body.from))
      return {
        scriptId,
        lineNumber: line - 1,
        columnNumber: column - 1,
        ...(parameter !== null && PLAIN.test(parameter) ? { parameter } : {}),
      }
    })
}
