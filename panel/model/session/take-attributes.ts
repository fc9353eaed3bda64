import type { FetchAttributes } from '../../../protocol/attributes'
import { isLive } from './fetch-phase'
import type { Fetch } from './view'

/** How many samples a fetch keeps; every second one goes when there are more. */
const MAX_SAMPLES = 1000

/** Whether bytes have moved. */
export const moved = (attributes: FetchAttributes) => attributes.downloaded > 0 || attributes.uploaded > 0

/** Takes the attributes that were read at `at`, unless the fetch has an end already. */
export function update(fetch: Fetch, attributes: FetchAttributes, at: number): void {
  const before = fetch.attributes
  const differs = attributes.downloaded !== before.downloaded || attributes.uploaded !== before.uploaded
  // An aborted fetch reads 0 at its end: nothing has moved back.
  if (differs && attributes.result === '') {
    fetch.movedAt = at
    fetch.samples.push({ at, downloaded: attributes.downloaded, uploaded: attributes.uploaded })
    if (fetch.samples.length > MAX_SAMPLES) {
      const thinned = fetch.samples.filter((_, i, all) => i % 2 === 0 || i === all.length - 1)
      fetch.samples.splice(0, fetch.samples.length, ...thinned)
    }
  }
  fetch.attributes = attributes
  fetch.arrived = Math.max(fetch.arrived, attributes.downloaded)
  if (!isLive(fetch)) return
  fetch.state = moved(attributes) ? 'active' : 'queued'
  if (fetch.state === 'active') fetch.activeAt ??= at
}
