import browser from 'webextension-polyfill'
import { BRIDGE_PORT, PANEL_PORT } from '../protocol/commands'
import { createSession, type Session } from './session'
import { openStore } from './store'

const store = openStore()
const sessions = new Map<number, Session>()

function sessionOf(tabId: number): Session {
  const known = sessions.get(tabId)
  if (known) return known
  const made = createSession(tabId, store)
  sessions.set(tabId, made)
  return made
}

// Tab ids mean nothing after a restart of the browser or of the extension.
browser.runtime.onStartup.addListener(() => void store.removeAll())
browser.runtime.onInstalled.addListener(() => void store.removeAll())

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
    return sessionOf(sender.tab.id).acceptBridge(port, document)
  }
  port.disconnect()
})

browser.webNavigation.onCommitted.addListener((details) => {
  sessions.get(details.tabId)?.committed(details.frameId, details.url, details.transitionType === 'reload')
})

const accessChanged = () => {
  for (const session of sessions.values()) session.accessChanged()
}
browser.permissions.onAdded.addListener(accessChanged)
browser.permissions.onRemoved.addListener(accessChanged)

browser.tabs.onRemoved.addListener((tabId) => {
  sessions.delete(tabId)
  void store.remove(tabId)
})
