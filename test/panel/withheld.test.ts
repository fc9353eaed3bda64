import { test } from 'vitest'
import { setSiteAccess } from '../../scripts/browser/site-access'
import { openTallPanel, useBench } from '../support/harness'
import { registerWorker, startFetch } from '../support/page'
import { waitForLive, waitForRow, waitForText } from '../support/panel'

const bench = useBench({ own: true })

test('where the person withholds access to sites the panel says so, and goes on once it is given back', async () => {
  await setSiteAccess(bench.browser, 'ON_CLICK')
  const page = await bench.openPage('/blank.html')
  await registerWorker(page)
  await startFetch(page, 'withheld')
  const { panel } = await openTallPanel(page)
  await waitForRow(panel, { name: 'not watching', text: /Access to this site is withheld/ })
  await waitForText(panel, /Grant access to localhost/)
  await setSiteAccess(bench.browser, 'ON_ALL_SITES')
  await waitForLive(panel, 'withheld')
})
