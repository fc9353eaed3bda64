import { browser } from '../../wire/browser'

/** Not translated. */
const BADGE = 'REC'

/** Dark enough for white letters. */
const COLOUR = '#b3261e'

/** A time, written as in the language of the messages, also where that is not the browser's. */
function timeText(at: number): string {
  const { i18n } = browser
  const known = i18n.getMessage('language')
  const spoken = i18n.getUILanguage()
  return new Date(at).toLocaleString(spoken.startsWith(known) ? spoken : known)
}

/** The page that explains how to open the DevTools tab: what a click on the icon opens while nothing is recorded. */
export const helpPage = (): string => browser.runtime.getManifest().action?.default_popup ?? ''

/**
 * Shows on the toolbar icon that the tab is recorded without DevTools, or that it is not. While it is recorded the
 * icon has no popup, so that a click on it reaches the background.
 */
export async function showBadge(tabId: number, since: number | null): Promise<void> {
  const { action, i18n } = browser
  try {
    if (since === null) {
      const title = i18n.getMessage('action_idle')
      await Promise.all([
        action.setBadgeText({ tabId, text: '' }),
        action.setTitle({ tabId, title }),
        action.setPopup({ tabId, popup: helpPage() }),
      ])
      return
    }
    const title = i18n.getMessage('action_recording', timeText(since))
    // All at once, so that nothing of a later call comes in between.
    await Promise.all([
      action.setBadgeBackgroundColor({ tabId, color: COLOUR }),
      action.setBadgeTextColor({ tabId, color: '#fff' }),
      action.setBadgeText({ tabId, text: BADGE }),
      action.setTitle({ tabId, title }),
      action.setPopup({ tabId, popup: '' }),
    ])
  } catch {
    // The tab is gone.
  }
}
