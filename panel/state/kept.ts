import { signal } from '@preact/signals'
import * as v from 'valibot'
import type { BackgroundForPanel } from '../../protocol/commands'
import { SessionEvent } from '../../protocol/events'
import type { KeptSession } from '../../protocol/kept'
import { background } from './session'

/** The recordings that are over, the newest first; null before they were read. */
export const keptSessions = signal<readonly KeptSession[] | null>(null)

/** The background was not there, or did not answer. */
export const keptFailed = signal(false)

/** Asks the background; what fails is said, and can be tried again. */
async function ask<T>(question: (background: BackgroundForPanel) => Promise<T>): Promise<T | undefined> {
  const asked = background()
  try {
    if (!asked) throw new Error('There is no connection.')
    const answer = await question(asked)
    keptFailed.value = false
    return answer
  } catch {
    keptFailed.value = true
  }
}

export async function readKept(): Promise<void> {
  const sessions = await ask((asked) => asked.keptSessions())
  if (sessions) keptSessions.value = sessions
}

export async function removeKept(ids: readonly string[]): Promise<void> {
  await ask((asked) => asked.removeKept(ids))
  await readKept()
}

export interface KeptEvents {
  readonly events: readonly SessionEvent[]
  /** How many were written by another version of the extension, and can't be read by this one. */
  readonly unreadable: number
}

/** Reads the events of a recording; undefined when the background did not answer. */
export const readEvents = (id: string): Promise<KeptEvents | undefined> =>
  ask(async (asked) => {
    const events: SessionEvent[] = []
    let unreadable = 0
    for (let page = 0; ; page++) {
      const some = await asked.keptEvents(id, page)
      if (!some) return { events, unreadable }
      for (const event of some) {
        if (v.is(SessionEvent, event)) events.push(event)
        else unreadable++
      }
    }
  })
