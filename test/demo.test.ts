import { expect, test } from 'vitest'
import { useBench } from './support/harness'

const bench = useBench()

test('the first screen of the demo has a Download button, also where DevTools takes most of the room', async () => {
  const page = await bench.openPage('/')
  for (const [width, height] of [
    [1280, 720],
    [780, 700],
    [1200, 420],
    [400, 640],
  ] as const) {
    await page.setViewport({ width, height })
    const first = await page.waitForSelector('[aria-label="Download The Night Ferry"]')
    const bottom = await first?.evaluate((button) => button.getBoundingClientRect().bottom)
    expect(bottom, `${width} × ${height}`).toBeLessThanOrEqual(height)
  }
})
