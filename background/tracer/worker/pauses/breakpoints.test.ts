import { expect, test } from 'vitest'
import { createBreakpoints, joined } from './breakpoints'

const point = (lineNumber: number, more: object = {}) => ({
  hash: 'h',
  url: 'https://pod.example/sw.js',
  lineNumber,
  columnNumber: 2,
  names: ['backgroundfetchabort' as const],
  ...more,
})

function make(locations: readonly unknown[] = [{}]) {
  const sent: { method: string; params: Record<string, unknown> }[] = []
  const send = async (method: string, params: object = {}) => {
    sent.push({ method, params: { ...params } })
    return { breakpointId: `b${sent.length}`, locations }
  }
  return { sent, breakpoints: createBreakpoints(send, 'slot') }
}

test('a breakpoint is set by the hash of its script, with a condition that asks the probe', async () => {
  const { sent, breakpoints } = make()
  await breakpoints.set(
    point(3, { parameter: 'event', names: ['backgroundfetchabort', 'backgroundfetchfail'] }),
  )
  expect(sent).toEqual([
    {
      method: 'Debugger.setBreakpointByUrl',
      params: {
        scriptHash: 'h',
        lineNumber: 3,
        columnNumber: 2,
        condition: 'slot.probe?.meetHandler(1,"backgroundfetchabort,backgroundfetchfail",[event]) === true',
      },
    },
  ])
  expect(breakpoints.point(1)).toMatchObject({ lineNumber: 3 })
})

test('it is set once, and is in place when the browser has found its script', async () => {
  const { sent, breakpoints } = make([])
  await breakpoints.set(point(3))
  await breakpoints.set(point(3, { parameter: 'e' }))
  expect(sent).toHaveLength(1)
  expect(breakpoints.inPlace('backgroundfetchabort')).toEqual([])
  breakpoints.resolved('b1')
  await Promise.resolve()
  expect(breakpoints.inPlace('backgroundfetchabort')).toHaveLength(1)
  expect(breakpoints.inPlace('backgroundfetchfail')).toEqual([])
})

test('all others are removed, before those for other events at the same place are set', async () => {
  const { sent, breakpoints } = make()
  const [stays, goes] = [point(1), point(2)]
  await Promise.all([breakpoints.set(stays), breakpoints.set(goes)])
  await breakpoints.removeOthers([stays])
  expect(sent.slice(2)).toEqual([{ method: 'Debugger.removeBreakpoint', params: { breakpointId: 'b2' } }])
  expect(breakpoints.inPlace('backgroundfetchabort')).toEqual([stays])
})

test('a function that handles several events is one point', () => {
  const { names: _, ...one } = point(1)
  expect(
    joined([
      { name: 'backgroundfetchabort', points: [one] },
      { name: 'backgroundfetchfail', points: [one] },
    ]),
  ).toEqual([{ ...one, names: ['backgroundfetchabort', 'backgroundfetchfail'] }])
})
