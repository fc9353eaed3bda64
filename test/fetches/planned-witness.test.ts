import { describe, expect } from 'vitest'
import { bytes } from '../../panel/model/format'
import { recordedEvents } from '../../scripts/browser/recorded'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openWithWorker } from '../support/open-fetch'
import { media } from '../support/page'
import { waitForRow, waitForText } from '../support/panel'
import { press } from '../support/press'

const bench = useBench()
const SIZE = 60_000_000

describe('how far off a planned abort was', () => {
  const moments = [
    ['at an amount', 'MB', '1.25', 1_250_000],
    ['at a share', '%', '3', 0.03 * SIZE],
  ] as const
  for (const [name, unit, number, asked] of moments) {
    inFullRun(`is what the page itself read: ${name}`, async () => {
      const { page, panel } = await openWithWorker(bench)
      await press(panel, 'Abort next fetch at…')
      await panel.locator('dialog[open] input[required]').fill('map')
      await panel.select('dialog[open] [aria-label="Unit"]', unit)
      await panel.locator('dialog[open] input[type="number"][aria-label="Amount"]').fill(number)
      await press(panel, 'Plan abort')
      await waitForText(panel, /Next fetch “map”/)
      const url = media('map', { size: SIZE, rate: 1_000_000 })
      const read = await page.evaluate(
        async (url, downloadTotal) => {
          const { backgroundFetch } = await navigator.serviceWorker.ready
          const registration = await backgroundFetch.fetch('map', [url], { downloadTotal })
          let last = 0
          return new Promise<{ last: number; reason: string }>((resolve) => {
            registration.addEventListener('progress', () => {
              if (registration.result === '') last = registration.downloaded
              else resolve({ last, reason: registration.failureReason })
            })
          })
        },
        url,
        SIZE,
      )
      expect(read.reason).toBe('aborted')
      const { text } = await waitForRow(panel, { fetch: 'map', name: 'planned abort' })
      expect(text).toMatch(new RegExp(`, ${bytes(read.last - asked)} later$`))
      const fired = (await recordedEvents(panel)).find(({ body }) => body.type === 'planned-abort-fired')
      expect(fired?.body).toMatchObject({ downloaded: read.last, downloadTotal: SIZE })
    })
  }
})
