import type { FetchAttributes } from '../../protocol/attributes'

/** Reads all attributes of a registration at once; the object is live, the result is not. */
export const snapshot = (registration: Readonly<FetchAttributes>): FetchAttributes => ({
  uploadTotal: registration.uploadTotal,
  uploaded: registration.uploaded,
  downloadTotal: registration.downloadTotal,
  downloaded: registration.downloaded,
  result: registration.result,
  failureReason: registration.failureReason,
  recordsAvailable: registration.recordsAvailable,
})

/** Cuts page data to `limit` characters and says how long it was. */
export const cut = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  const mark = `… (${text.length} characters)`
  return text.slice(0, limit - mark.length) + mark
}

/** An error in words, whatever was thrown. */
export const errorText = (error: unknown): string =>
  cut(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 1024)
