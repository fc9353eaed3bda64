import { expect, test } from 'vitest'
import { describe } from '../../describe/describe'
import { createStream, observed } from '../../streams/events.fixture'

/** Rows of progress and of what interrupted it: kind, how many events it stands for, and its text. */
const interruptionRows = ({ model }: ReturnType<typeof createStream>): string[] =>
  model.rows
    .filter(({ kind }) => kind === 'progress' || kind === 'stalled' || kind === 'restarted')
    .map((row) => `${row.kind} ×${row.count}: ${describe(row).text}`)

/** A fetch of 500 kB, all but the last two events of which share a row. */
function running() {
  const stream = createStream()
  stream.page(observed.seen('h'))
  for (let n = 1; n <= 5; n++) stream.page(observed.progress('h', n * 100_000, { downloadTotal: 0 }), 500)
  return stream
}

test('a stall has a row with its length once bytes move again, which later progress does not share', () => {
  const stream = running()
  stream.page(observed.progress('h', 500_000, { downloadTotal: 0 }), 9000)
  stream.page(observed.progress('h', 600_000, { downloadTotal: 0 }), 8000)
  stream.page(observed.progress('h', 700_000, { downloadTotal: 0 }), 500)
  expect(interruptionRows(stream)).toEqual([
    expect.stringMatching(/^progress ×6: 500 kB/),
    'stalled ×1: No progress was reported for 17.00 s; 500 kB had arrived.',
    expect.stringMatching(/^progress ×2: 700 kB/),
  ])
})

test('two stalls are two rows', () => {
  const stream = running()
  stream.page(observed.progress('h', 600_000), 12_000)
  stream.page(observed.progress('h', 700_000), 20_000)
  expect(interruptionRows(stream).filter((line) => line.startsWith('stalled'))).toEqual([
    'stalled ×1: No progress was reported for 12.00 s; 500 kB had arrived.',
    'stalled ×1: No progress was reported for 20.00 s; 600 kB had arrived.',
  ])
})

test('a fetch that ends after it has stood still says for how long', () => {
  const stream = running()
  stream.page(observed.failure('h'), 30_000)
  expect(interruptionRows(stream).at(-1)).toBe(
    'stalled ×1: No progress was reported for 30.00 s; 500 kB had arrived.',
  )
  expect(stream.kinds().at(-1)).toBe('settled')
})

test('bytes that were lost have a row, and so has the stall before the connection is there again', () => {
  const stream = running()
  stream.page(observed.progress('h', 0, { downloadTotal: 0 }), 1200)
  stream.page(observed.progress('h', 300_000, { downloadTotal: 0 }), 20_000)
  stream.page(observed.progress('h', 200_000, { downloadTotal: 0 }), 500)
  expect(interruptionRows(stream)).toEqual([
    expect.stringMatching(/^progress ×5: 500 kB/),
    'restarted ×1: The bytes that had arrived went back from 500 kB to 0 B, 1.20 s after the last progress.',
    expect.stringMatching(/^progress ×1: 0 B/),
    'stalled ×1: No progress was reported for 20.00 s; 0 B had arrived.',
    expect.stringMatching(/^progress ×1: 300 kB/),
    'restarted ×1: The bytes that had arrived went back from 300 kB to 200 kB, 500 ms after the last progress.',
    expect.stringMatching(/^progress ×1: 200 kB/),
  ])
})

test('an upload that starts over has a row too', () => {
  const stream = createStream()
  const upload = { downloadTotal: 0, uploadTotal: 1_000_000 }
  stream.page(observed.seen('h', {}, upload))
  stream.page(observed.progress('h', 0, { ...upload, uploaded: 400_000 }), 500)
  stream.page(observed.progress('h', 0, { ...upload, uploaded: 100_000 }), 500)
  expect(interruptionRows(stream)[1]).toBe(
    'restarted ×1: The bytes that had been sent went back from 400 kB to 100 kB, 500 ms after the last progress.',
  )
})

test('waiting for the first byte, an abort, and an event that comes late are no interruptions', () => {
  const waiting = createStream()
  waiting.page(observed.seen('h'))
  waiting.page(observed.progress('h', 10), 60_000)
  expect(interruptionRows(waiting)).toEqual([expect.stringMatching(/^progress ×1/)])

  const aborted = running()
  aborted.page(observed.failure('h', 'aborted'), 500)
  expect(interruptionRows(aborted)).toHaveLength(1)

  const late = running()
  const { at } = late.events.at(-1) ?? { at: 0 }
  late.page(observed.progress('h', 400_000), 10, { at: at - 300, producer: 'bridge-2' })
  expect(interruptionRows(late).filter((line) => line.startsWith('restarted'))).toEqual([])
})
