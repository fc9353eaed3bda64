// @ts-check
import { otherOrigin } from './plans.js'

/** @typedef {ServiceWorkerRegistration} Worker */

/**
 * Starts that the browser refuses, or whose requests it does not send. They call the browser themselves: the site's own
 * code looks before it starts a fetch, and so would keep the browser from seeing them.
 */
export const refusals = {
  /** @param {Worker} worker */
  async twice({ backgroundFetch }) {
    const url = '/media/twice.wav?size=60000000&rate=300000'
    await backgroundFetch.fetch('bench-twice', [url])
    await new Promise((resolve) => setTimeout(resolve, 1000))
    await backgroundFetch.fetch('bench-twice', [url])
  },
  /** @param {Worker} worker */
  badUrl: ({ backgroundFetch }) => backgroundFetch.fetch('bench-bad-url', ['http://']),
  /** @param {Worker} worker */
  preflight: ({ backgroundFetch }) =>
    backgroundFetch.fetch('bench-preflight', [
      new Request(`${otherOrigin()}/small/1.bin?cors=1`, { headers: { 'X-Demo': '1' } }),
    ]),
}
