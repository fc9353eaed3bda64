import { signal } from '@preact/signals'
import * as v from 'valibot'
import { checkedEvents } from '../../protocol/checked-events'
import { databaseProblemOf } from '../../protocol/database-problem'
import type { SessionEvent } from '../../protocol/events'
import { KeptList, KeptPage, type KeptSession } from '../../protocol/kept'
import { databaseProblemText } from '../model/database-text'
import { counted, say } from '../words/words'
import type { Command } from './commands'
import { request } from './session'

/** The recordings that are over, the newest first; null before they were read. */
export const keptSessions = signal<readonly KeptSession[] | null>(null)

/** Why they can't be read, or not all of them; '' when they were. */
export const keptProblem = signal('')

/** Asks the background, and checks what it answers; what fails is said, and can be tried again. */
async function ask<T extends v.GenericSchema>(
  schema: T,
  question: Command,
): Promise<v.InferOutput<T> | undefined> {
  try {
    const answer = v.parse(schema, await request(question))
    keptProblem.value = ''
    return answer
  } catch (error) {
    keptProblem.value = say('kept_problem', databaseProblemText(databaseProblemOf(error)))
  }
}

/** What is not as it should be with the list. */
function problemOf({ problem, unreadable }: KeptList): string {
  if (problem) return say('kept_problem', databaseProblemText(problem))
  if (unreadable > 0) return say(counted(unreadable, 'kept_bad_one', 'kept_bad_many'), unreadable)
  return ''
}

export async function readKept(): Promise<void> {
  const list = await ask(KeptList, (background) => background.keptSessions())
  if (!list) return
  keptSessions.value = list.sessions
  keptProblem.value = problemOf(list)
}

export async function removeKept(ids: readonly string[]): Promise<void> {
  const removed = await ask(v.unknown(), async (background) => {
    await background.removeKept(ids)
    return true
  })
  // What could not be deleted is still there, and why is said.
  if (removed) await readKept()
}

export interface KeptEvents {
  readonly events: readonly SessionEvent[]
  /** How many were written by another version of the extension, and can't be read by this one. */
  readonly unreadable: number
}

/** Reads the events of a recording; undefined when they can't be read. */
export async function readEvents(id: string): Promise<KeptEvents | undefined> {
  const events: SessionEvent[] = []
  let unreadable = 0
  for (let number = 0; ; number++) {
    const page = await ask(v.nullable(KeptPage), (background) => background.keptEvents(id, number))
    if (page === undefined) return
    if (page === null) return { events, unreadable }
    const checked = checkedEvents(page.events)
    for (const event of checked.events) events.push(event)
    unreadable += page.unreadable + checked.unreadable
  }
}
