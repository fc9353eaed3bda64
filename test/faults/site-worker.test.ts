import { useBench } from '../support/harness'
import { waitForRow } from '../support/panel'
import { stopElsewhere } from '../support/trace'
import { testFaults } from './run'
import { parametersOf, registerSite, type Scene } from './scene'

const bench = useBench()

const registerAgain = async ({ document, witness, tab }: Scene) => {
  await waitForRow(tab.panel, { name: 'watching', text: /no service worker/ })
  await registerSite(document, witness)
}

testFaults(
  {
    'the site’s worker is killed': {
      workerKilled: true,
      strike: ({ other }) => stopElsewhere(other),
    },
    'the site’s worker is updated': {
      onlyInFullRun: true,
      // It is active only when the events of the one before are over.
      strike: ({ other, witness }) =>
        other.evaluate(
          async (parameters) => {
            const url = `/faults.js?handler=${parameters}`
            await navigator.serviceWorker.register(url, { scope: '/', type: 'module' })
          },
          parametersOf(witness, 2),
        ),
      recover: ({ document, witness }) => registerSite(document, witness, 2),
    },
    'the site’s worker is unregistered': {
      onlyInFullRun: true,
      strike: ({ other }) => other.evaluate(async () => (await navigator.serviceWorker.ready).unregister()),
      recover: registerAgain,
    },
    'the page unregisters its worker in the task in which abort() is called': {
      onlyInFullRun: true,
      moments: ['abort'],
      afterAbort: `navigator.serviceWorker.getRegistration().then((registration) => () => registration.unregister())`,
      strike: async () => {},
      recover: registerAgain,
    },
  },
  bench,
)
