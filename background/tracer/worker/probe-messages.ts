import * as v from 'valibot'
import { isNearArrival } from '../../../protocol/numbers'
import { ProbeMessage } from '../../../protocol/probe-events'
import { now } from '../../../wire/clock'

/** A message of the probe is never longer. */
const MAX_MESSAGE = 100_000

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}

/**
 * Reads what came through the probe's binding.
 *
 * @param refused is called once for a worker, with the first thing that is no message of the probe
 * @returns undefined where it is none
 */
export function createProbeReader(
  refused: (detail: string) => void,
): (payload: string) => ProbeMessage | undefined {
  let refusals = 0
  const refuse = (detail: string) => {
    if (refusals++ === 0) refused(detail)
  }
  return (payload) => {
    const parsed = payload.length > MAX_MESSAGE ? undefined : v.safeParse(ProbeMessage, parse(payload))
    if (!parsed?.success) {
      refuse(parsed ? v.summarize(parsed.issues).slice(0, 300) : `${payload.length} characters of something`)
    } else if (isNearArrival(parsed.output.at, now())) return parsed.output
    else refuse('a time that is far from its arrival')
    return undefined
  }
}
