import fc from 'fast-check'
import type { SessionEvent } from '../../../protocol/events'
import { type Step, step } from './steps.fixture'

/** The steps as a stream in which each producer numbers what it sends. */
function streamOf(steps: readonly Step[]): SessionEvent[] {
  const seqs = new Map<string, number>()
  let clock = 1_000_000
  const handles: { readonly handle: string; readonly bridge: number }[] = []
  let commands = 0
  return steps.map(({ bridge: one, nth, wait, late, make }) => {
    const newHandle = `bridge-${one}:${handles.length + 1}`
    // Mostly of one of the last fetches that were seen.
    const of = handles.at(-1 - (nth % Math.min(4, handles.length + 1)))
    const { from, body } = make({
      newHandle,
      handle: of?.handle ?? 'unheard of',
      command: `c${commands + 1 - (nth % 2)}`,
      worker: `w${1 + (nth % 2)}`,
      event: 1 + (nth % 4),
    })
    const bridge = 'handle' in body && body.type !== 'fetch-seen' ? (of?.bridge ?? one) : one
    if (body.type === 'fetch-seen') handles.push({ handle: newHandle, bridge })
    if (body.type === 'abort-requested') commands++
    clock += wait
    const producer = from === 'bridge' ? `bridge-${bridge}` : 'background'
    const seq = (seqs.get(producer) ?? 0) + 1
    seqs.set(producer, seq)
    return {
      producer,
      seq,
      // Producers are heard a little late, each with its own delay.
      at: clock - late,
      source: from === 'bridge' ? 'page' : from === 'worker' ? 'worker' : 'panel',
      document: from === 'bridge' ? `document of bridge-${bridge}` : null,
      storageKey: from === 'bridge' ? (bridge === 3 ? 'https://other.example' : 'https://pod.example') : null,
      body,
    }
  })
}

/** What a few bridges and a background might report of some fetches whose ids are used again and again. For tests. */
export const streams = (maxLength = 50): fc.Arbitrary<SessionEvent[]> =>
  fc.array(step, { maxLength, size: 'max' }).map(streamOf)

/** A stream with events that come twice, not at all, or in another order. For tests. */
export const disturbed = (
  stream: fc.Arbitrary<readonly SessionEvent[]>,
  changes = 12,
): fc.Arbitrary<SessionEvent[]> =>
  fc
    .tuple(
      stream,
      fc.array(
        fc.record({ what: fc.constantFrom('twice', 'missing', 'moved'), at: fc.nat(), to: fc.nat() }),
        { maxLength: changes },
      ),
    )
    .map(([events, changes]) => {
      const all = [...events]
      for (const { what, at, to } of changes) {
        if (all.length === 0) break
        const [one] = what === 'twice' ? all.slice(at % all.length) : all.splice(at % all.length, 1)
        if (one && what !== 'missing') all.splice(to % (all.length + 1), 0, one)
      }
      return all
    })

/** What a few bridges and a background might report, disturbed. For tests. */
export const disturbedStreams = (maxLength = 50): fc.Arbitrary<SessionEvent[]> =>
  disturbed(streams(maxLength))

/** A list cut into pieces. For tests. */
export const piecesOf = <T>(list: readonly T[]): fc.Arbitrary<T[][]> =>
  fc
    .array(fc.integer({ min: 1, max: 8 }), { minLength: list.length, maxLength: list.length })
    .map((sizes) => {
      const cut: T[][] = []
      let from = 0
      for (const size of sizes) {
        if (from >= list.length) break
        cut.push(list.slice(from, from + size))
        from += size
      }
      return cut
    })

/** The same stream for each number. For tests that need one, whatever is in it. */
export function streamNumber(seed: number, length: number): SessionEvent[] {
  const [steps = []] = fc.sample(fc.array(step, { minLength: length, maxLength: length, size: 'max' }), {
    seed,
    numRuns: 1,
  })
  return streamOf(steps)
}
