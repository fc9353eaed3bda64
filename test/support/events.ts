import type { Frame } from 'puppeteer-core'
import { expect } from 'vitest'
import type { BodyOf, SessionEvent } from '../../protocol/events'
import { recordedEvents } from '../../scripts/browser/recorded'

const PATIENCE = { timeout: 20_000, interval: 50 }

type Type = SessionEvent['body']['type']

/** The recorded bodies of one type, in their order. */
export async function recorded<T extends Type>(panel: Frame, type: T): Promise<BodyOf<T>[]> {
  const events = await recordedEvents(panel)
  return events.map(({ body }) => body).filter((body): body is BodyOf<T> => body.type === type)
}

/** Waits until a recorded body of this type fits, and gives the last one that does. */
export async function waitForRecorded<T extends Type>(
  panel: Frame,
  type: T,
  fits: (body: BodyOf<T>) => boolean = () => true,
): Promise<BodyOf<T>> {
  let found: BodyOf<T> | undefined
  const count = async () => {
    const all = (await recorded(panel, type)).filter(fits)
    found = all.at(-1)
    return all.length
  }
  await expect.poll(count, { ...PATIENCE, message: `${type} in the recorded events` }).toBeGreaterThan(0)
  if (!found) throw new Error(`No ${type} was recorded.`)
  return found
}
