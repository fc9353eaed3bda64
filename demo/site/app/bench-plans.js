// @ts-check
import { otherOrigin } from './plans.js'

/** @typedef {import('../shared/types.js').Wanted} Wanted */

const UPLOAD_BYTES = 5_000_000
const PART_BYTES = 1_500_044

/**
 * @param {string} name
 * @param {Record<string, number>} query
 * @param {string} [origin]
 * @returns {Wanted}
 */
function media(name, query, origin = location.origin) {
  const url = new URL(`/media/${name}.wav`, origin)
  const whole = { size: PART_BYTES, ...query }
  for (const [key, value] of Object.entries(whole)) url.searchParams.set(key, String(value))
  return { url: url.href, bytes: whole.size }
}

/**
 * @param {string} id
 * @param {string} title
 * @param {Wanted[]} requests
 * @param {number} [downloadTotal]
 * @returns {import('../shared/types.js').Plan}
 */
function plan(id, title, requests, downloadTotal = requests.reduce((sum, { bytes }) => sum + bytes, 0)) {
  return { id: `bench-${id}`, title, icon: '/icon.svg', requests, downloadTotal, episodes: [] }
}

/** @param {number} rate */
export const five = (rate) =>
  [1, 2, 3, 4, 5].map((n) => plan(`five-${n}`, `Number ${n} of five`, [media(`five-${n}`, { rate })]))

/** @param {number} rate */
export const missing = (rate) =>
  plan('404', 'Episode with a missing part', [
    media('there', { rate, size: 300_044 }),
    media('missing', { rate, status: 404, size: 44 }),
    media('after', { rate }),
  ])

/** @param {number} rate */
export const dropped = (rate) =>
  plan('dropped', 'Dropped connection', [media('dropped', { rate, drop: PART_BYTES / 2 })])

/** @param {number} rate */
export const wrongLength = (rate) =>
  plan('length', 'Wrong length', [media('length', { rate, length: 2 * PART_BYTES })])

/** @param {number} rate */
export const tooSmallTotal = (rate) =>
  plan('total', 'Too small downloadTotal', [media('total', { rate })], PART_BYTES / 5)

/** Two hundred files of 1 to 4 kB. */
export const manySmall = () => {
  const files = Array.from({ length: 200 }, (_, n) => ({
    url: `${location.origin}/small/${n}.bin?delay=20`,
    bytes: 4096,
  }))
  return plan('small', 'Many small files', files)
}

/** @param {number} rate */
export const upload = (rate) =>
  plan('upload', 'Upload of 5 MB', [
    { url: `${location.origin}/upload?rate=${rate}`, bytes: 1000, upload: UPLOAD_BYTES },
  ])

/** @param {number} rate */
export const noCors = (rate) => plan('no-cors', 'No CORS', [media('no-cors', { rate }, otherOrigin())])

/** @param {number} rate */
export const opaque = (rate) =>
  plan('opaque', 'Mode no-cors', [{ ...media('opaque', { rate }, otherOrigin()), mode: 'no-cors' }])

/** @param {number} rate */
export const fromWorker = (rate) => plan('worker', 'Fetch from the worker', [media('worker', { rate })])

export const silent = () => plan('silent', 'Server without an answer', [media('silent', { delay: 600_000 })])
