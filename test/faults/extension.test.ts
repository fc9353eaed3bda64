import { killBackground } from '../support/background'
import { useBench } from '../support/harness'
import { inExtension } from '../support/trace'
import { testFaults } from './run'

const bench = useBench()

testFaults(
  {
    'the extension’s worker is killed': {
      strike: ({ host }) => killBackground(host.browser),
    },
    'the ports of page and panel are dropped': {
      onlyInFullRun: true,
      before: ({ browser }) =>
        inExtension(
          browser,
          `{
          globalThis.portsOfTest = new Set()
          chrome.runtime.onConnect.addListener((port) => portsOfTest.add(port))
        }`,
        ),
      // Both ends hear of it, as they do when the browser drops one.
      strike: ({ host }) =>
        inExtension(
          host.browser,
          `{
          const ports = [...portsOfTest]
          portsOfTest.clear()
          for (const port of ports) {
            port.onDisconnect.dispatch(port)
            port.disconnect()
          }
        }`,
        ),
    },
  },
  bench,
)
