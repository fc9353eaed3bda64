import { expect, test, vi } from 'vitest'
import { startDemo } from '../demo/server/index'
import { showWithoutWindow } from '../scripts/start/without-window'

test('npm start without a display prints the log up to the final verdict on the demo’s handler', async () => {
  const demo = await startDemo({ port: 0 })
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await showWithoutWindow(demo)
    const lines = log.mock.calls.map(([line]) => String(line))
    for (const name of ['fetch started', 'abort requested', 'settled: failure, aborted', 'verdict: clean']) {
      expect(lines.some((line) => line.includes(`night-ferry  ${name}`))).toBe(true)
    }
    const said = lines.filter((line) => line.includes('night-ferry  verdict: clean'))
    expect(said.map((line) => line.replace(/^.*verdict: /, ''))).toEqual([
      'clean so far nothing new, nothing left',
      'clean nothing new, nothing left',
    ])
    expect(lines.at(-2)).toBe('night-ferry: verdict: clean')
  } finally {
    log.mockRestore()
    await demo.close()
  }
})
