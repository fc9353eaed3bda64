import { signal } from '@preact/signals'
import type { SavedRecording } from '../../protocol/recordings'
import { t } from '../i18n/i18n'
import type { Side } from '../model/compare/side'
import { createModel } from '../model/session/fold'
import type { View } from '../model/session/session-view'
import type { Fetch } from '../model/session/view'
import { readEvents } from './recordings/recordings'
import { readSessionFile } from './recordings/session-files'
import { model, type PastSession, past, tabModel } from './session/session'
import { settingsIn } from './site-settings'

const text = { tab: t('compare_tab') }

/** The fetch that is compared, by its key in what is drawn, and the one that it is compared with where that was chosen. */
export const comparing = signal<{ readonly key: string; readonly with: string | null } | null>(null)

/** A session whose fetches can be chosen. */
export interface ComparedSession {
  /** What it is called; '' for the one that is drawn. */
  readonly name: string
  /** Null for the tab. */
  readonly past: PastSession | null
  model(): View
}

/** The session that is drawn. */
export const drawnSession = (): ComparedSession => ({ name: '', past: past.value, model })

/** The tab, while another session is drawn. */
export const tabSession = (): ComparedSession => ({ name: text.tab, past: null, model: tabModel })

function ended(session: PastSession): ComparedSession {
  const folded = createModel()
  folded.apply(session.events)
  return { name: session.title, past: session, model: () => folded }
}

/** Reads a recording; null where it can't be read. */
export async function recordedSession(
  { id }: Pick<SavedRecording, 'id'>,
  titleOf: (unreadable: number) => string,
): Promise<ComparedSession | null> {
  const read = await readEvents(id)
  return read ? ended({ title: titleOf(read.unreadable), events: read.events }) : null
}

/** Reads a session file, or says why it can't be read. */
export async function sessionOfFile(file: File): Promise<ComparedSession | string> {
  const read = await readSessionFile(file, () => {})
  return typeof read === 'string' ? read : ended(read)
}

/** A fetch of a session as it is compared. */
export const sideOf = (fetch: Fetch, session: ComparedSession): Side => ({
  fetch,
  workers: session.model().workers,
  settings: settingsIn(session.past, fetch.storageKey),
})
