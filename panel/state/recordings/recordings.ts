import { signal } from '@preact/signals'
import * as v from 'valibot'
import { checkedEvents } from '../../../protocol/checked-events'
import { databaseProblemOf } from '../../../protocol/database-problem'
import type { SessionEvent } from '../../../protocol/events'
import { RecordingPage, type SavedRecording, SavedRecordings } from '../../../protocol/recordings'
import { counted, t } from '../../i18n/i18n'
import { databaseProblemText } from '../../model/describe/database-text'
import type { Command } from '../session/commands'
import { request } from '../session/session'

/** The recordings that are over, the newest first; null before they were read. */
export const savedRecordings = signal<readonly SavedRecording[] | null>(null)

/** Why they can't be read, or not all of them; '' when they were. */
export const recordingsProblem = signal('')

/** Asks the background, and checks what it answers; what fails is said, and can be tried again. */
async function ask<T extends v.GenericSchema>(
  schema: T,
  question: Command,
): Promise<v.InferOutput<T> | undefined> {
  try {
    const answer = v.parse(schema, await request(question))
    recordingsProblem.value = ''
    return answer
  } catch (error) {
    recordingsProblem.value = t('saved_problem', databaseProblemText(databaseProblemOf(error)))
  }
}

/** What is not as it should be with the list. */
function problemOf({ problem, unreadable }: SavedRecordings): string {
  if (problem) return t('saved_problem', databaseProblemText(problem))
  if (unreadable > 0) return t(counted(unreadable, 'saved_bad'), unreadable)
  return ''
}

/** Reads the list anew. A failure is shown by the panel, and the list stays as it was. */
export async function readRecordings(): Promise<void> {
  const list = await ask(SavedRecordings, (background) => background.savedRecordings())
  if (!list) return
  savedRecordings.value = list.sessions
  recordingsProblem.value = problemOf(list)
}

/** Deletes saved recordings and reads the list anew; a failure is shown by the panel. */
export async function removeRecordings(ids: readonly string[]): Promise<void> {
  const removed = await ask(v.unknown(), async (background) => {
    await background.removeRecordings(ids)
    return true
  })
  // What could not be deleted is still there, and why is said.
  if (removed) await readRecordings()
}

export interface RecordedEvents {
  readonly events: readonly SessionEvent[]
  /** How many were written by another version of the extension, and can't be read by this one. */
  readonly unreadable: number
}

/** Reads the events of a recording; undefined when they can't be read. */
export async function readEvents(id: string): Promise<RecordedEvents | undefined> {
  const events: SessionEvent[] = []
  let unreadable = 0
  for (let number = 0; ; number++) {
    const page = await ask(v.nullable(RecordingPage), (background) => background.recordedEvents(id, number))
    if (page === undefined) return
    if (page === null) return { events, unreadable }
    const checked = checkedEvents(page.events)
    for (const event of checked.events) events.push(event)
    unreadable += page.unreadable + checked.unreadable
  }
}
