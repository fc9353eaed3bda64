import { expect, test } from 'vitest'
import { createDraft } from '../snapshot'
import { readNotifications } from './notifications'

const owner = (shown: readonly { tag: string; title: string }[]) => ({
  scope: 'https://pod.example/',
  getNotifications: async () => shown,
})

test('each notification is an item, also where several have no tag', async () => {
  const draft = createDraft(0, undefined, new Map())
  const shown = [
    { tag: 'ep-1', title: 'Downloading' },
    { tag: '', title: 'Ready' },
    { tag: '', title: 'Ready' },
  ]
  await readNotifications(owner(shown), draft)
  expect([...draft.items.values()].map(({ item }) => item)).toMatchObject(shown)
})

test('those beyond the bound are counted', async () => {
  const draft = createDraft(0, undefined, new Map())
  await readNotifications(owner(Array.from({ length: 53 }, (_, n) => ({ tag: `${n}`, title: '' }))), draft)
  expect(draft.gaps).toEqual([
    { kind: 'count-limit', side: 'now', of: 'notifications', container: '', unread: 3 },
  ])
})
