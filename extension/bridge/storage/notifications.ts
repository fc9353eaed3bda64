import type { Draft } from './snapshot'

const MAX_NOTIFICATIONS = 50

/** The part of a registration that is read here. */
export interface NotificationOwner {
  readonly scope: string
  getNotifications?(): Promise<readonly { readonly tag: string; readonly title: string }[]>
}

/** Lists the notifications that a registration shows. */
export async function readNotifications(owner: NotificationOwner, draft: Draft): Promise<void> {
  const shown = (await owner.getNotifications?.()) ?? []
  for (const [i, { tag, title }] of shown.slice(0, MAX_NOTIFICATIONS).entries()) {
    const name = tag || `${title} ${i}`
    const named = draft.namesIn(title)
    draft.add('notification', owner.scope, name, { kind: 'notification', tag, title }, title, named)
  }
  if (shown.length > MAX_NOTIFICATIONS) {
    const unread = shown.length - MAX_NOTIFICATIONS
    draft.gaps.push({ kind: 'count-limit', side: 'now', of: 'notifications', container: '', unread })
  }
}
