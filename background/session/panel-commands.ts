import type { RecordingEnd } from '../../protocol/recordings'
import { originOfKey } from '../../protocol/storage-key'
import type { TabBridges } from '../bridges/tab-bridges'
import type { Recordings } from '../recording/recordings'
import type { TabRecording } from '../recording/tab-recording'
import { hasStopped, onRecord } from '../store/on-record'
import type { Recorder } from '../store/recorder'
import { problemOf } from '../tracer/problem'
import { withDownloadsAllowed } from './download-setting'
import type { ForcedEndings } from './forced-endings'
import type { PanelActions } from './panels'
import type { TabTracer } from './tab-tracer'

/** What the commands act on. */
interface PanelCommandsNeeds {
  readonly recorder: Promise<Recorder>
  readonly bridges: TabBridges
  readonly tracer: TabTracer
  readonly recording: TabRecording
  readonly recordings: Recordings
  readonly noteSeries: PanelActions['noteSeries']
  readonly dispatchSynthetic: PanelActions['dispatchSynthetic']
  readonly endings: ForcedEndings
  /** Whether the tab is in an incognito window. */
  isIncognito(): Promise<boolean>
  /** A panel wants the workers to be traced. */
  anyTracing(): boolean
  /** Puts a bridge into all frames of the tab. */
  reachPages(): Promise<void>
  endRecording(why: RecordingEnd, command: string): Promise<unknown>
}

/** What a person asks for in a panel of the tab. */
export function createPanelCommands(needs: PanelCommandsNeeds): Omit<PanelActions, 'missing' | 'changed'> {
  const { recorder, bridges, tracer, recording, recordings } = needs
  return {
    async traceAgain() {
      await recorder
      tracer.again()
    },
    async stopWorker(worker) {
      const { journal } = await recorder
      if (hasStopped(journal.events, worker)) return null
      try {
        await tracer.stopRun(worker)
        return null
      } catch (error) {
        return problemOf(error)
      }
    },
    abort: bridges.abort,
    planAbort: bridges.planAbort,
    removePlannedAbort: bridges.removePlannedAbort,
    noteSeries: needs.noteSeries,
    dispatchSynthetic: needs.dispatchSynthetic,
    records: bridges.records,
    async askPage(storageKey, request, command) {
      if (request.kind !== 'new-fetch') return bridges.askPage(storageKey, request, command)
      const { forced, ...plain } = request
      const askBridge = () => bridges.askPage(storageKey, plain, command)
      const ask = async () => {
        if (!plain.allow) return askBridge()
        const origin = originOfKey(storageKey)
        return withDownloadsAllowed(origin, await needs.isIncognito(), askBridge)
      }
      return forced ? needs.endings.start({ ...request, forced }, storageKey, command, ask) : ask()
    },
    async clear(command) {
      const made = await recorder
      if (onRecord(made.journal.events, command).length === 0) await made.clear(command)
    },
    retry: needs.reachPages,
    async setRecording(on, command) {
      const made = await recorder
      if (on === recording.on || onRecord(made.journal.events, command).length > 0) return
      if (!on) {
        await needs.endRecording('switched-off', command)
        return
      }
      const safe = recording.start(needs.anyTracing())
      const noted = made.note('panel', { type: 'recording-started', command })
      bridges.setModes()
      await Promise.all([safe, noted])
    },
    savedRecordings: recordings.sessions,
    recordedEvents: recordings.page,
    removeRecordings: recordings.remove,
  }
}
