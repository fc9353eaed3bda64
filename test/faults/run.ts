import { basename } from 'node:path'
import { expect, test, vi } from 'vitest'
import { FULL, inEveryRunIf } from '../support/full'
import { checkNext, type Outcome, readOutcome } from '../support/outcome'
import { untilSeen } from '../support/panel'
import { logRows, printedLog } from '../support/rows'
import { within } from '../support/within'
import { allMoments, type Moment, moments } from './moment-names'
import { bringTo, fetchAt } from './moments'
import { checkNothingInvented, checkOutcome, type Expected, inWords, isWhole } from './outcome'
import type { OwnHost } from './own-host'
import { writeResult } from './results'
import { type Host, openScene, type Scene, type SceneOptions, startWithRow } from './scene'

export interface Fault extends SceneOptions, Partial<Expected> {
  /** Starts a browser for it, where it would be too much for the one that tests share. */
  host?(): Promise<OwnHost>
  /** It takes long, or is the like of another one. */
  readonly onlyInFullRun?: boolean
  /** The only moments at which it can happen. */
  readonly moments?: readonly Moment[]
  /** What the page does in the task in which `abort()` is called; see `keepBusyAfterAbort()`. */
  readonly afterAbort?: string
  /** The browser may shut down its service workers, and with them the extension's. */
  readonly maySilence?: true
  /** Makes it happen; resolves when it has. */
  strike(scene: Scene): Promise<unknown>
  /** What a person does to go on; the log is read after it. */
  recover?(scene: Scene): Promise<unknown>
}

/** By what they are called in docs/reliability.md. */
export type Faults = Readonly<Record<string, Fault>>

/** Waits until the log says how each of the aborts ended. */
async function untilWhole(scene: Scene, fetches: readonly string[], newLog: boolean): Promise<Outcome[]> {
  const { witness, tab } = scene
  return untilSeen(tab.panel, async () => {
    const outcomes: Outcome[] = []
    for (const fetch of fetches) outcomes.push(await readOutcome(tab.panel, fetch))
    const open = outcomes.filter((outcome) => {
      if (newLog && outcome.asked.length === 0)
        return outcome.live !== '' && witness.fired.includes(outcome.fetch)
      return !isWhole(outcome)
    })
    expect(open, 'The log does not tell how the abort ended').toEqual([])
    return outcomes
  })
}

const PATIENCE = { timeout: 15_000, interval: 50 }

/** What the panel shows when the extension's worker is not heard any more. */
const SILENT = 'Chromium shuts down its service workers; the panel says that the background does not answer'

/** Waits until the panel says that the background does not answer. */
const untilSilent = ({ tab }: Scene): Promise<void> =>
  vi.waitFor(
    async () => {
      const alerts = await tab.panel.$$eval('[role="alert"]', (all) => all.map((it) => it.textContent))
      if (!/has not answered since/.test(alerts.join())) throw new Error('The panel does not say so.')
    },
    { timeout: 30_000, interval: 250 },
  )

/** The panel lists no worker of the site that does not run, and nothing as being handled that is over. */
async function checkWorkers({ tab, host, site, witness }: Scene): Promise<void> {
  // Its workers are the only ones that report to this witness.
  const name = encodeURIComponent(witness.url)
  await vi.waitFor(async () => {
    const running = host.browser
      .targets()
      .filter((target) => target.type() === 'service_worker' && target.url().startsWith(site.url))
    const regions = await tab.panel.$$eval('[aria-label="Service workers"]', (all) =>
      all.map((region) => region.textContent ?? ''),
    )
    const listed = regions.join().split(name).slice(1)
    if (listed.length > running.length)
      throw new Error(`The panel lists a worker that does not run: ${listed}`)
    if (/handling for/.test(listed.join()))
      throw new Error(`The panel lists an event that is over: ${listed}`)
  }, PATIENCE)
}

/** Lets a fault happen at these moments of aborts, and checks what the panel shows afterwards. */
async function run(host: Host, fault: Fault, wanted: readonly Moment[]): Promise<Outcome[]> {
  const { emptied = false, newLog = false, workerKilled = false } = fault
  const scene = await openScene(host, fault)
  try {
    await bringTo(scene, wanted, fault.afterAbort)
    await within('the fault', fault.strike(scene))
    scene.witness.release()
    await fault.recover?.(scene)
    const fetches = wanted.map(fetchAt)
    const whole = untilWhole(scene, fetches, newLog).then(() => true)
    if (!(await (fault.maySilence ? Promise.any([whole, untilSilent(scene).then(() => false)]) : whole)))
      return []
    await checkNext(scene.tab.panel, (id) => startWithRow(scene.document, id))
    const outcomes = await untilWhole(scene, fetches, newLog)
    for (const outcome of outcomes) checkOutcome(outcome, { emptied, newLog, workerKilled }, scene.witness)
    await checkNothingInvented(scene.tab.panel, [...fetches, 'next'])
    await checkWorkers(scene)
    return outcomes
  } catch (error) {
    // A panel that is gone has none.
    const log = await within('the log', (async () => printedLog(await logRows(scene.tab.panel)))()).catch(
      String,
    )
    throw new Error(`${error instanceof Error ? error.message : error}\n${log}`, { cause: error })
  } finally {
    scene.witness.release()
    for (const end of scene.leftovers) await end()
    await scene.host.close?.()
  }
}

/** The same in the browser that the fault needs. */
async function runIn(shared: Host | undefined, fault: Fault, wanted: readonly Moment[]): Promise<Outcome[]> {
  const host = shared ?? (await fault.host?.())
  if (!host) throw new Error('There is no browser for it.')
  return run(host, fault, wanted)
}

/**
 * A test for each of the faults; in a full run also one for each moment of it.
 *
 * @param host the browser; left out where each fault starts its own
 */
export function testFaults(faults: Faults, host?: Host): void {
  for (const [index, [name, fault]] of Object.entries(faults).entries()) {
    const possible = fault.moments ?? allMoments
    inEveryRunIf(!fault.onlyInFullRun)(
      `${name}, at ${possible.length > 1 ? 'every moment' : 'one moment'} of an abort at once`,
      async () => {
        await runIn(host, fault, possible)
      },
    )
    for (const moment of FULL ? possible : []) {
      test(`${name}, ${moments[moment]}`, async ({ task }) => {
        const group = basename(task.file.name, '.test.ts')
        const about = { group, index, fault: name, moment }
        try {
          const [outcome] = await runIn(host, fault, [moment])
          writeResult({
            ...about,
            words: outcome ? inWords(outcome, fault.newLog ?? false) : SILENT,
            failure: '',
          })
        } catch (error) {
          // What comes after the first sentence is for whoever repairs it.
          const [failure = ''] = String(error instanceof Error ? error.message : error).split(/[.:\n]/, 1)
          writeResult({ ...about, words: '', failure })
          throw error
        }
      })
    }
  }
}
