import { describe, expect, test } from 'vitest'
import { observed } from '../streams/events.fixture'
import { createTracedStream, trace } from '../streams/workers.fixture'

describe('why nothing was seen of an event', () => {
  const note = (scripts: Parameters<typeof trace.scripts> | null, end = observed.failure('h1')) => {
    const stream = createTracedStream()
    stream.panel(trace.on())
    stream.worker(trace.seen())
    if (scripts) stream.worker(trace.scripts(...scripts))
    stream.page(observed.seen('h1'))
    stream.page(end)
    stream.page(observed.over('h1'))
    return stream.last()
  }

  const ADVICE = /Choose “Restart and trace” in the worker’s menu/i

  test('comes with what shows its listeners where it may have one that is not known', () => {
    for (const as of ['listener', 'text'] as const) {
      expect(note([{ backgroundfetchabort: as }])).toMatch(/The script mentions backgroundfetchabort: choose/)
      expect(note([{ backgroundfetchabort: as }])).toMatch(ADVICE)
    }
    const unread = { complete: false }
    for (const scripts of [null, [{}, unread], [{ backgroundfetchabort: 'comment' }, unread]] as const) {
      expect(note(scripts && [...scripts])).toMatch(ADVICE)
      expect(note(scripts && [...scripts])).not.toMatch(/script (does not )?mention/i)
    }
  })

  test('is the same for another end', () => {
    const success = observed.success('h1')
    expect(note([{ backgroundfetchsuccess: 'listener' }], success)).toMatch(
      /mentions backgroundfetchsuccess: choose/,
    )
    expect(note([{ backgroundfetchabort: 'listener' }], success)).toMatch(
      /not mention backgroundfetchsuccess/,
    )
  })

  test('never advises another abort', () => {
    for (const scripts of [null, [{}], [{ backgroundfetchabort: 'listener' }]] as const) {
      expect(note(scripts && [...scripts])).not.toMatch(/abort again/)
    }
  })

  test('says instead that there is no listener where that is known', () => {
    expect(note([{}])).toMatch(
      /observed in the worker\. Its script does not mention backgroundfetchabort; no listener was observed/,
    )
    expect(note([{ backgroundfetchabort: 'comment' }])).toMatch(
      /Its script mentions backgroundfetchabort in a comment only \(sw\.js:12\)/,
    )
    const added = [{ name: 'backgroundfetchabort', count: 0 } as const]
    expect(note([{ backgroundfetchabort: 'listener' }, { added }])).toMatch(
      /Its script added no listener for backgroundfetchabort when it started$/,
    )
    for (const scripts of [[{}], [{ backgroundfetchabort: 'comment' }], [{}, { added }]] as const) {
      expect(note([...scripts])).not.toMatch(ADVICE)
    }
  })

  test('does not say that the script ran before the tracer where the tracer saw it run', () => {
    const added = [{ name: 'backgroundfetchabort', count: 1 } as const]
    const said = note([{ backgroundfetchabort: 'listener' }, { added }])
    expect(said).toMatch(/Its script added a listener for backgroundfetchabort when it started$/)
    expect(said).not.toMatch(/before the tracer/)
  })
})
