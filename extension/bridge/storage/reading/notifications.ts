import type { Draft } from '../stored'

const MAX_NOTIFICATIONS = 50

interface ShownNotification {
  readonly tag: string
  readonly title: string
  readonly body?: string
  /** When it was shown, unless the site says something else (Chromium). */
  readonly timestamp?: number
}

/** The part of a registration that is read here. */
export interface NotificationOwner {
  readonly scope: string
  getNotifications?(): Promise<readonly ShownNotification[]>
}

/** Lists the notifications that a registration shows. */
export async function readNotifications(owner: NotificationOwner, draft: Draft): Promise<void> {
  const shown = (await owner.getNotifications?.()) ?? []
  for (const [i, { tag, title, body = '', timestamp = 0 }] of shown.slice(0, MAX_NOTIFICATIONS).entries()) {
    const name = tag || `${title} ${i}`
    const named = new Set([...draft.namesIn(title), ...draft.namesIn(body)])
    const mark = JSON.stringify([title, body, timestamp])
    draft.add('notification', owner.scope, name, { kind: 'notification', tag, title }, mark, named)
  }
  if (shown.length > MAX_NOTIFICATIONS) {
    const unread = shown.length - MAX_NOTIFICATIONS
    draft.gaps.push({ kind: 'count-limit', side: 'now', of: 'notifications', container: '', unread })
  }
}
