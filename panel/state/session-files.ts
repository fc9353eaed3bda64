import { signal } from '@preact/signals'
import { now } from '../../wire/clock'
import type { Envelope, Redactions } from '../model/session-file/envelope'
import { readSession, sizeProblem } from '../model/session-file/read'
import { writeSession } from '../model/session-file/write'
import { language, say } from '../words/words'
import { drawnEvents, showPast } from './session'
import { browserBrands, extensionVersion } from './versions'

const text = { notOne: say('session_not_one') }

function importedText({ title, exportedAt, extension }: Envelope): string {
  const when = new Date(exportedAt).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' })
  return title ? say('session_imported_of', title, when, extension) : say('session_imported', when, extension)
}

/** How long the browser gets to take a file that is downloaded, in milliseconds. */
const TAKEN = 60_000

/** Why the last file could not be opened; '' when it could be. */
export const importProblem = signal('')
/** A file is being read. */
export const importing = signal(false)

/** Hands what is drawn to the browser as a file. */
export function exportSession(redacted: Redactions): void {
  const writer = { extension: extensionVersion(), browser: browserBrands(), now: now() }
  const { name, parts } = writeSession(drawnEvents(), redacted, writer)
  const url = URL.createObjectURL(new Blob(parts, { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), TAKEN)
}

/** Opens what was exported, or says why not and leaves what is drawn as it is. */
async function open(file: File): Promise<string> {
  const tooLarge = sizeProblem(file.size)
  if (tooLarge) return tooLarge
  try {
    const reading = readSession(await file.text())
    if (!reading.ok) return reading.problem
    const { envelope, events } = reading
    showPast({ title: importedText(envelope), events })
    return ''
  } catch (error) {
    return say('session_unreadable', error instanceof Error ? error.message : String(error))
  }
}

/** Opens the file that a person chose. */
export async function importSession(files: readonly File[]): Promise<void> {
  const [file] = files
  if (!file || importing.value) return
  importProblem.value = ''
  if (files.length > 1) {
    importProblem.value = text.notOne
    return
  }
  importing.value = true
  importProblem.value = await open(file)
  importing.value = false
}
