import { BRIDGE_PORT, PANEL_PORT } from '../protocol/commands'
import { browser } from '../wire/browser'
import { createRequestObserver } from './network/request-observer'
import { webRequests } from './network/web-request'
import { createRecordings } from './recording/recordings'
import { withMemory } from './recording/recordings-memory'
import { helpPage } from './session/badge'
import { browserPages } from './session/causes/browser-pages'
import { restoreDownloadSetting } from './session/download-setting'
import { createSessions } from './session/sessions'
import { openDatabase } from './store/database'
import { openRecordingStore } from './store/recordings-store'
import { openStore } from './store/store'
import { detachLeftBehind } from './tracer/debuggee'

const database = openDatabase()
const recordings = createRecordings(withMemory(openRecordingStore(database)))
const requestObserver = createRequestObserver(webRequests)
const sessions = createSessions(openStore(database), recordings, requestObserver)

// One that was stopped may have had no time to do so.
void restoreDownloadSetting()
detachLeftBehind()

/** Milliseconds between two calls that keep this worker alive. */
const KEEP_ALIVE = 20_000

browser.runtime.onStartup.addListener(sessions.restarted)
browser.runtime.onInstalled.addListener(sessions.restarted)

browser.runtime.onConnect.addListener((port) => {
  const sender = port.sender
  if (sender?.id !== browser.runtime.id) return port.disconnect()
  const [name, tabId] = port.name.split(':')
  if (name === PANEL_PORT && sender.url?.startsWith(browser.runtime.getURL('panel/'))) {
    return sessions.of(Number(tabId)).acceptPanel(port)
  }
  // A content script has a tab, and can't claim another one.
  if (name === BRIDGE_PORT && sender.tab?.id !== undefined) {
    const document = 'documentId' in sender ? String(sender.documentId) : `frame-${sender.frameId}`
    const origin = 'origin' in sender ? String(sender.origin) : undefined
    return sessions.of(sender.tab.id).acceptBridge(port, document, origin)
  }
  port.disconnect()
})

browser.webNavigation.onCommitted.addListener(async (details) => {
  const { tabId, frameId, url, transitionType, transitionQualifiers } = details
  browserPages.committed(details)
  // An entry of the history stays a reload when the Back button leads to it.
  const reload = transitionType === 'reload' && !transitionQualifiers?.includes('forward_back')
  ;(await sessions.find(tabId))?.committed(frameId, url, reload)
})

const permissionsChanged = () => {
  void requestObserver.permissionsChanged()
  sessions.accessChanged()
}
browser.permissions.onAdded.addListener(permissionsChanged)
browser.permissions.onRemoved.addListener(permissionsChanged)

// A click on the icon ends the recording that its badge shows. The recording may just have ended by itself.
browser.action.onClicked.addListener(async ({ id }) => {
  const ended = id !== undefined && (await (await sessions.find(id))?.endRecording('switched-off'))
  if (!ended) await browser.tabs.create({ url: browser.runtime.getURL(helpPage()) })
})

browser.tabs.onRemoved.addListener((tabId) => {
  browserPages.removed(tabId)
  void sessions.removed(tabId)
})
browser.tabs.onReplaced.addListener((added, removed) => {
  browserPages.replaced(added, removed)
  void sessions.replaced(added, removed)
})

// While a tab is recorded without a panel nothing else keeps this worker alive, and each start of it reads
// the journals again: it is stopped after 30 s without a call. What could not be written is in it only.
setInterval(async () => {
  await recordings.flush()
  if (recordings.unsaved || (await recordings.all()).length > 0) await browser.runtime.getPlatformInfo()
}, KEEP_ALIVE)
