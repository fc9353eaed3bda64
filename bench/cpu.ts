import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession } from 'puppeteer-core'

/** CPU seconds of each process since its start, by process id. */
type Times = ReadonlyMap<number, { readonly type: string; readonly seconds: number }>

async function readTimes(session: CDPSession): Promise<Times> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  return new Map(processInfo.map(({ id, type, cpuTime }) => [id, { type, seconds: cpuTime }]))
}

const used = (before: Times, after: Times, id: number): number =>
  (after.get(id)?.seconds ?? 0) - (before.get(id)?.seconds ?? 0)

/** What a script runs in: a page, a frame or a worker. */
interface Place {
  evaluate(script: string): Promise<unknown>
}

export interface Processes {
  /** The process that a place runs in: CDP names none, so the place is kept busy and the busy one is it. */
  of(place: Place): Promise<number>
  readonly browserProcess: number
  /** Per cent of one core that each process uses while the time passes. */
  measure(ms: number): Promise<ReadonlyMap<number, number>>
}

/** Reads what the browser's processes cost. */
export async function watchProcesses(browser: Browser): Promise<Processes> {
  const session = await browser.target().createCDPSession()
  const [browserProcess = 0] = [...(await readTimes(session))]
    .filter(([, { type }]) => type === 'browser')
    .map(([id]) => id)
  return {
    browserProcess,
    async of(place) {
      const before = await readTimes(session)
      await place.evaluate('for (const end = Date.now() + 400; Date.now() < end; );')
      const after = await readTimes(session)
      const ids = [...after].filter(([, { type }]) => type === 'renderer').map(([id]) => id)
      ids.sort((a, b) => used(before, after, b) - used(before, after, a))
      return ids[0] ?? 0
    },
    async measure(ms) {
      const before = await readTimes(session)
      const since = performance.now()
      await sleep(ms)
      const after = await readTimes(session)
      const seconds = (performance.now() - since) / 1000
      return new Map([...after.keys()].map((id) => [id, (100 * used(before, after, id)) / seconds]))
    },
  }
}
