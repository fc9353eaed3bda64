// @ts-check

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/**
 * @param {number} done
 * @param {number} total
 */
export function progressText(done, total) {
  if (total <= 0) return megabytes(done)
  return `${(done / 1e6).toFixed(1)} of ${megabytes(total)}`
}

const REASONS = {
  '': 'it ended without a reason',
  aborted: 'cancelled',
  'bad-status': 'the server answered with an error',
  'fetch-error': 'the connection failed',
  'quota-exceeded': 'there is no space left',
  'download-total-exceeded': 'the file is larger than announced',
}

/** @param {BackgroundFetchFailureReason} reason */
export function failureText(reason) {
  return reason === 'aborted' ? 'Cancelled' : `Download failed: ${REASONS[reason]} (${reason || 'no reason'})`
}
