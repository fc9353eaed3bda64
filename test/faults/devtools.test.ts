import { useBench } from '../support/harness'
import { press } from '../support/press'
import { reloadPanel } from '../support/tab'
import { inExtension, tabIdOf } from '../support/trace'
import { testFaults } from './run'
import { type Scene, showAll } from './scene'

const bench = useBench()

/** The browser ends the debugger's connection, for this reason. */
const endDebugging = async ({ host, tab }: Scene, reason: string) => {
  const target = `{ tabId: ${await tabIdOf(host.browser, tab.page)} }`
  await inExtension(
    host.browser,
    `chrome.debugger.detach(${target}).then(() => chrome.debugger.onDetach.dispatch(${target}, '${reason}'))`,
  )
}

testFaults(
  {
    'DevTools is closed and opened again': {
      strike: ({ tab }) => tab.devtools.close(),
      async recover(scene) {
        scene.tab = await scene.host.reopen(scene.tab)
        await showAll(scene.tab)
      },
    },
    'the panel is reloaded': {
      strike: ({ tab }) => reloadPanel(tab.panel),
    },
    'a second DevTools window is opened on the site': {
      onlyInFullRun: true,
      strike: async ({ host, site }) => {
        await host.openNewTab(site.url)
      },
    },
    'the debugger is cancelled from the browser’s bar': {
      onlyInFullRun: true,
      strike: (scene) => endDebugging(scene, 'canceled_by_user'),
      recover: ({ tab }) => press(tab.panel, 'Trace again'),
    },
    'the debugger is taken by another client': {
      onlyInFullRun: true,
      strike: (scene) => endDebugging(scene, 'replaced_with_devtools'),
    },
  },
  bench,
)
