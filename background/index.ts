import browser from 'webextension-polyfill'
import { BRIDGE_PORT, PANEL_PORT } from '../protocol/commands'
import { openDatabase } from './database'
import { createKeeping } from './keeping'
import { openKeptStore } from './kept-store'
import { createSession, type Session } from './session'
import { openStore } from './store'

const database = openDatabase()
const store = openStore(database)
const keeping = createKeeping(openKeptStore(database))

/** Milliseconds between two calls that keep this worker alive. */
const KEEP_ALIVE = 20_000

const sessions = new Map<number, Session>()

function sessionOf(tabId: number): Session {
  const known = sessions.get(tabId)
  if (known) return known
  const made = createSession(tabId, store, keeping)
  sessions.set(tabId, made)
  return made
}

/** The sessions of tabs that are recorded without a panel are there again. */
let ready = (async () => {
  for (const { tabId } of await keeping.all()) sessionOf(tabId)
})().catch(() => {})

/** Tab ids mean nothing after a restart of the browser or of the extension: what was recorded is over. */
async function restarted(before: Promise<void>): Promise<void> {
  await before
  for (const { tabId } of await keeping.all()) {
    await sessionOf(tabId).endKeep('restarted')
    sessions.delete(tabId)
  }
  await store.removeAll()
}
const onRestart = () => {
  ready = restarted(ready).catch(() => {})
}
browser.runtime.onStartup.addListener(onRestart)
browser.runtime.onInstalled.addListener(onRestart)

browser.runtime.onConnect.addListener((port) => {
  const sender = port.sender
  if (sender?.id !== browser.runtime.id) return port.disconnect()
  const [name, tabId] = port.name.split(':')
  if (name === PANEL_PORT && sender.url?.startsWith(browser.runtime.getURL('panel/'))) {
    return sessionOf(Number(tabId)).acceptPanel(port)
  }
  // A content script has a tab, and can't claim another one.
  if (name === BRIDGE_PORT && sender.tab?.id !== undefined) {
    const document = 'documentId' in sender ? String(sender.documentId) : `frame-${sender.frameId}`
    const origin = 'origin' in sender ? String(sender.origin) : undefined
    return sessionOf(sender.tab.id).acceptBridge(port, document, origin)
  }
  port.disconnect()
})

browser.webNavigation.onCommitted.addListener(async (details) => {
  await ready
  const { tabId, frameId, url, transitionType, transitionQualifiers } = details
  // An entry of the history stays a reload when the Back button leads to it.
  const reload = transitionType === 'reload' && !transitionQualifiers?.includes('forward_back')
  sessions.get(tabId)?.committed(frameId, url, reload)
})

const accessChanged = () => {
  for (const session of sessions.values()) session.accessChanged()
}
browser.permissions.onAdded.addListener(accessChanged)
browser.permissions.onRemoved.addListener(accessChanged)

// A click on the icon ends what its badge tells of.
browser.action.onClicked.addListener(async ({ id }) => {
  await ready
  if (id !== undefined) await sessions.get(id)?.endKeep('switched-off')
})

browser.tabs.onRemoved.addListener(async (tabId) => {
  await ready
  await sessions.get(tabId)?.closed()
  sessions.delete(tabId)
  await store.remove(tabId)
})

// While a tab is recorded without a panel nothing else keeps this worker alive, and each start of it reads
// the journals again: it is stopped after 30 s without a call.
setInterval(async () => {
  if ((await keeping.all()).length > 0) await browser.runtime.getPlatformInfo()
}, KEEP_ALIVE)
