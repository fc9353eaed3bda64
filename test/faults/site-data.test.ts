import { useBench } from '../support/harness'
import { waitForRow } from '../support/panel'
import { testFaults } from './run'
import { registerSite } from './scene'

// A browser in which an origin's data went while a fetch was being aborted may answer little after that.
const bench = useBench({ own: true })

testFaults(
  {
    'the site’s data is cleared': {
      onlyInFullRun: true,
      emptied: true,
      strike: ({ other }) => other.evaluate(async () => (await fetch('/clear')).status),
      async recover({ document, witness, tab }) {
        await waitForRow(tab.panel, { name: 'watching', text: /no service worker/ })
        await registerSite(document, witness)
      },
    },
  },
  bench,
)
