import { signal } from '@preact/signals'
import { now } from '../../../wire/clock'
import { t } from '../../i18n/i18n'
import { dateAndTime } from '../../model/format'
import type { Envelope, Redactions } from '../../model/session-file/envelope'
import { readSession, sizeProblem } from '../../model/session-file/read'
import { writeSession } from '../../model/session-file/write'
import { announce } from '../announce'
import { drawnEvents, type PastSession, showPast } from '../session/session'
import { browserBrands, extensionVersion } from '../session/versions'
import { matchingOf } from '../site-settings'
import { timeSliced } from './time-sliced'

const text = { notOne: t('session_not_one') }

/** What is said of work on a file. */
export const workText = { import: t('session_importing'), export: t('session_exporting') } as const

function importedText({ title, exportedAt, extension }: Envelope): string {
  const at = Date.parse(exportedAt)
  // A file may have a time that is only written like one.
  const when = Number.isNaN(at) ? exportedAt : dateAndTime(at)
  return title ? t('session_imported_of', title, when, extension) : t('session_imported', when, extension)
}

/** How long the browser gets to take a file that is downloaded, in milliseconds. */
const TAKEN = 60_000

/** Work on a file that is going on. */
export interface FileWork {
  readonly what: keyof typeof workText
  /** How much of it is done, from 0 to 1. */
  readonly share: number
}

/** Why the last file could not be opened or saved; '' when it could be. */
export const fileProblem = signal('')
/** A file is being read or written. */
export const fileWork = signal<FileWork | null>(null)

/** Does work on a file in turns; only one file at a time. */
async function work(what: FileWork['what'], job: (onProgress: (share: number) => void) => Promise<string>) {
  if (fileWork.peek()) return
  fileProblem.value = ''
  announce(workText[what])
  const onProgress = (share: number) => {
    fileWork.value = { what, share }
  }
  onProgress(0)
  fileProblem.value = await job(onProgress)
  fileWork.value = null
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Hands what is drawn to the browser as a file. */
export const exportSession = (redacted: Redactions): Promise<void> =>
  work('export', async (onProgress) => {
    const writer = { extension: extensionVersion(), browser: browserBrands(), now: now(), matchingOf }
    try {
      // What comes meanwhile is not in the file.
      const { name, parts } = await timeSliced(writeSession([...drawnEvents()], redacted, writer), onProgress)
      const url = URL.createObjectURL(new Blob(parts, { type: 'application/json' }))
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), TAKEN)
      return ''
    } catch (error) {
      return t('session_unwritable', messageOf(error))
    }
  })

/** Reads what was exported, or says why it can't be read. */
export async function readSessionFile(
  file: File,
  onProgress: (share: number) => void,
): Promise<PastSession | string> {
  const tooLarge = sizeProblem(file.size)
  if (tooLarge) return tooLarge
  try {
    const reading = await timeSliced(readSession(await file.text()), onProgress)
    if (!reading.ok) return reading.problem
    const { envelope, events } = reading
    return { title: importedText(envelope), events, matching: envelope.matching }
  } catch (error) {
    return t('session_unreadable', messageOf(error))
  }
}

/** Shows what was exported, or says why not and leaves what is drawn as it is. */
async function open(file: File, onProgress: (share: number) => void): Promise<string> {
  const read = await readSessionFile(file, onProgress)
  if (typeof read === 'string') return read
  showPast(read)
  return ''
}

/** Opens the file that a person chose. */
export async function importSession(files: readonly File[]): Promise<void> {
  const [file] = files
  if (!file) return
  if (files.length > 1) {
    fileProblem.value = text.notOne
    return
  }
  await work('import', (onProgress) => open(file, onProgress))
}
