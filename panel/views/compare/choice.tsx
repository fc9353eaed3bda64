import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { stateName } from '../../model/describe/describe-fetch'
import { oneLine, timeOfDay } from '../../model/format'
import { disambiguator } from '../../model/session/disambiguator'
import type { Fetch } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { outcomeOf } from '../../model/table/outcome'
import {
  type ComparedSession,
  drawnSession,
  recordedSession,
  sessionOfFile,
  tabSession,
} from '../../state/compare'
import { readRecordings, recordingsProblem, savedRecordings } from '../../state/recordings/recordings'
import { past } from '../../state/session/session'
import button from '../button.module.css'
import { pastTitle } from '../recordings/describe-recording'
import { SessionFileInput } from '../sessions/session-file-input'
import styles from './compare.module.css'

const text = {
  session: t('report_session'),
  fetch: t('log_fetch'),
  shown: t('compare_shown'),
  file: t('compare_file'),
  choose: t('compare_choose'),
  none: t('compare_none'),
  reading: t('compare_reading'),
}

/** A fetch in one line. */
export const fetchText = (fetch: Fetch): string =>
  [
    oneLine(shownId(fetch.id), 80) + disambiguator(fetch),
    timeOfDay(fetch.seenAt).slice(0, 8),
    outcomeOf(fetch)?.text ?? stateName[fetch.state],
  ].join(' · ')

interface Props {
  readonly session: ComparedSession
  /** Those of the session that can be chosen. */
  readonly fetches: readonly Fetch[]
  readonly chosen: Fetch | null
  choose(key: string): void
  open(session: ComparedSession): void
}

/** What opens a session: its name in the list stands for it. */
type Source = 'drawn' | 'tab' | 'file' | `saved ${string}`

/** Chooses the other fetch: of the session that is drawn, of the tab, of a saved recording, or of a file. */
export function Choice({ session, fetches, chosen, choose, open }: Props) {
  const [source, setSource] = useState<Source>('drawn')
  const [file, setFile] = useState<ComparedSession | null>(null)
  const [problem, setProblem] = useState('')
  const [reading, setReading] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const field = useRef<HTMLSelectElement>(null)
  useEffect(() => {
    field.current?.focus()
    void readRecordings()
  }, [])
  const recordings = savedRecordings.value ?? []

  const read = async (of: Source, reads: () => Promise<ComparedSession | string | null>) => {
    setProblem('')
    setReading(true)
    const opened = await reads()
    setReading(false)
    if (opened === null || typeof opened === 'string') {
      setProblem(opened ?? recordingsProblem.peek())
      return null
    }
    setSource(of)
    open(opened)
    return opened
  }
  const change = (value: string) => {
    const recording = recordings.find(({ id }) => value === `saved ${id}`)
    if (recording) {
      void read(`saved ${recording.id}`, () =>
        recordedSession(recording, (unreadable) => pastTitle(recording, unreadable)),
      )
      return
    }
    setProblem('')
    if (value === 'file' && file) open(file)
    else if (value === 'tab') open(tabSession())
    else open(drawnSession())
    setSource(value === 'file' || value === 'tab' ? value : 'drawn')
  }

  return (
    <>
      <div class={styles.choice}>
        <b>B</b>
        <select
          ref={field}
          aria-label={t('compare_of', 'B', text.fetch)}
          disabled={fetches.length === 0}
          value={chosen?.key ?? ''}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        >
          {!chosen && <option value="">{fetches.length === 0 ? text.none : text.choose}</option>}
          {fetches.map((fetch) => (
            <option key={fetch.key} value={fetch.key}>
              {fetchText(fetch)}
            </option>
          ))}
        </select>
        <select
          aria-label={t('compare_of', 'B', text.session)}
          disabled={reading}
          value={source}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        >
          <option value="drawn">{text.shown}</option>
          {past.value && <option value="tab">{tabSession().name}</option>}
          {file && <option value="file">{oneLine(file.name, 80)}</option>}
          {recordings.map((one) => (
            <option key={one.id} value={`saved ${one.id}`}>
              {oneLine(pastTitle(one, 0), 80)}
            </option>
          ))}
        </select>
        <button
          type="button"
          class={button.medium}
          disabled={reading}
          onClick={() => chooser.current?.click()}
        >
          {text.file}
        </button>
        <SessionFileInput
          chooser={chooser}
          choose={([chosenFile]) => {
            if (chosenFile)
              void read('file', () => sessionOfFile(chosenFile)).then((read) => read && setFile(read))
          }}
        />
      </div>
      <p class={styles.problem} role="alert">
        {problem}
      </p>
      <p class={styles.reading} role="status">
        {reading ? text.reading : session.name}
      </p>
    </>
  )
}
