import browser from 'webextension-polyfill'

const text = {
  badge: 'REC',
  recording: (since: string) => `Background fetches of this tab are recorded since ${since}. Click to stop.`,
}

/** Dark enough for white letters. */
const COLOUR = '#b3261e'

/** Shows on the toolbar icon that the tab is recorded, or that it is not. */
export async function showBadge(tabId: number, since: number | null): Promise<void> {
  const { action, runtime } = browser
  try {
    if (since === null) {
      const title = runtime.getManifest().action?.default_title ?? ''
      await Promise.all([action.setBadgeText({ tabId, text: '' }), action.setTitle({ tabId, title })])
      return
    }
    // All at once, so that nothing of a later call comes in between.
    await Promise.all([
      action.setBadgeBackgroundColor({ tabId, color: COLOUR }),
      action.setBadgeTextColor({ tabId, color: '#fff' }),
      action.setBadgeText({ tabId, text: text.badge }),
      action.setTitle({ tabId, title: text.recording(new Date(since).toLocaleString()) }),
    ])
  } catch {
    // The tab is gone.
  }
}
