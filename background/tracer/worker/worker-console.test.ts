import { expect, test, vi } from 'vitest'
import { createOpenEvents } from './open-events'
import { type ConsoleReport, createWorkerConsole } from './worker-console'

test('what the browser sends in a form that is not known is said to be missing, and the next is read', () => {
  vi.useFakeTimers()
  const reports: ConsoleReport[] = []
  const open = createOpenEvents(
    () => {},
    () => ({ look: async () => false, pausedSince: () => 0 }),
  )
  const messages = createWorkerConsole(open, (body) => void reports.push(body))
  messages.take({ kind: 'console', timestamp: 1, params: { type: 'log', args: [null] } })
  messages.take({ kind: 'exception', timestamp: 2, params: {} })
  const args = [{ type: 'string', value: 'read' }]
  messages.take({ kind: 'console', timestamp: 3, params: { type: 'log', args } })
  messages.endAll()
  expect(reports).toMatchObject([
    { type: 'console', text: 'read' },
    { type: 'console-counted', atLeast: true },
  ])
  vi.useRealTimers()
})
