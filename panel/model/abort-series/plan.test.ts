import { expect, test } from 'vitest'
import { defaultPlan, idFrom, isTemplate, runsOf, templateOf, withMoment } from './plan'

const kinds = (plan: ReturnType<typeof defaultPlan>) =>
  plan.map(({ moment }) => {
    if (moment.kind === 'responses') return moment.count
    return moment.kind === 'percent' ? `${moment.percent}%` : moment.kind
  })

test('the default plan goes from at once to 99%, with both states of the worker', () => {
  const plan = defaultPlan({ requests: 4, downloadTotal: 1000, traced: true })
  expect(kinds(plan)).toEqual(['time', 'first-byte', 1, 2, 3, '50%', '99%'])
  expect(runsOf(plan)).toHaveLength(14)
  expect(runsOf(plan).slice(0, 2)).toEqual([
    { moment: { kind: 'time', ms: 0 }, cold: false },
    { moment: { kind: 'time', ms: 0 }, cold: true },
  ])
})

test('it has at most ten responses and not the last one, no share without a total, and no stop without tracing', () => {
  expect(kinds(defaultPlan({ requests: 1, downloadTotal: 0, traced: true }))).toEqual(['time', 'first-byte'])
  const many = defaultPlan({ requests: 500, downloadTotal: 0, traced: false })
  expect(kinds(many).slice(2)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(runsOf(many).some(({ cold }) => cold)).toBe(false)
})

test('a moment can be added once, and one that is off is switched on by that', () => {
  const plan = defaultPlan({ requests: 2, downloadTotal: 0, traced: true })
  const off = plan.map((one) => ({ ...one, warm: false, cold: false }))
  expect(runsOf(off)).toEqual([])
  const added = withMoment(off, { kind: 'bytes', bytes: 5 }, true)
  expect(added).toHaveLength(plan.length + 1)
  expect(runsOf(withMoment(added, { kind: 'first-byte' }, false))).toHaveLength(3)
  expect(withMoment(added, { kind: 'first-byte' }, true)).toHaveLength(plan.length + 1)
})

test.each([
  ['trip', [], 'trip-*'],
  ['trip-2', ['trip', 'trip-2'], 'trip-*'],
  ['episode-12', ['episode-12'], 'episode-12-*'],
  ['a*b', ['a*b'], 'a-b-*'],
])('the template of %s', (id, used, template) => {
  expect(templateOf(id, new Set(used))).toBe(template)
})

test('IDs follow from the template, none is used twice, and all fit a pattern that stands for itself', () => {
  expect(idFrom('trip-*', new Set(['trip-1', 'trip-2']))).toBe('trip-3')
  expect(idFrom('*/*', new Set())).toBe('1/1')
  expect(isTemplate('trip')).toBe(false)
  expect(isTemplate(`${'x'.repeat(1000)}*`)).toBe(false)
  expect(isTemplate(templateOf('x'.repeat(5000), new Set()))).toBe(true)
})
