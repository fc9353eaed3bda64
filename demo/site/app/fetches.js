// @ts-check
import { readRow } from '../shared/rows.js'
import { startFetch } from '../shared/start-fetch.js'
import { failureText } from './format.js'

/** @typedef {import('../shared/types.js').Plan} Plan */

/** The background fetches of one worker: which are running, what went wrong, and a call when that changes. */
export class Fetches {
  /** @type {Map<string, BackgroundFetchRegistration>} */
  running = new Map()
  /** What to tell about a fetch that did not go well, by its id. @type {Map<string, string>} */
  trouble = new Map()
  /** What the fetches are called, as far as known. @type {Map<string, string>} */
  titles = new Map()
  /** @type {ServiceWorkerRegistration} */
  worker
  #onChange
  /** The plans that the page tries itself if the worker may not. @type {Map<string, Plan>} */
  #ownTries = new Map()

  /**
   * @param {ServiceWorkerRegistration} worker
   * @param {(what: 'progress' | 'end') => void} onChange
   */
  constructor(worker, onChange) {
    this.worker = worker
    this.#onChange = onChange
    navigator.serviceWorker.addEventListener('message', (event) => this.#hear(event.data))
    navigator.serviceWorker.startMessages()
  }

  /** Finds the fetches that were started before this page was opened. */
  async restore() {
    for (const id of await this.worker.backgroundFetch.getIds()) await this.#adopt(id)
  }

  /** @param {Plan} plan */
  async start(plan) {
    this.trouble.delete(plan.id)
    this.titles.set(plan.id, plan.title)
    try {
      this.#watch(await startFetch(this.worker, plan))
    } catch (error) {
      this.trouble.set(plan.id, `The browser refused: ${error instanceof Error ? error.message : error}`)
    }
    this.#onChange('end')
  }

  /**
   * Asks the worker to start the fetch; its answer comes as a message. Chromium lets only pages start one,
   * so `orHere` makes the page do it when the worker is refused.
   * @param {Plan} plan
   * @param {{ orHere?: boolean }} [options]
   */
  startInWorker(plan, { orHere = false } = {}) {
    if (orHere) this.#ownTries.set(plan.id, plan)
    this.trouble.delete(plan.id)
    this.titles.set(plan.id, plan.title)
    this.worker.active?.postMessage({ type: 'fetch', plan })
  }

  /** Asks the worker to abort every fetch that is active. */
  abortInWorker() {
    this.worker.active?.postMessage({ type: 'abort' })
  }

  /** @param {string} id */
  async cancel(id) {
    await this.running.get(id)?.abort()
  }

  /** @param {import('../shared/types.js').News} news */
  async #hear(news) {
    if (news.type === 'started') await this.#adopt(news.id)
    const plan = this.#ownTries.get(news.id)
    this.#ownTries.delete(news.id)
    if (news.type === 'refused' && plan) return this.start(plan)
    if (news.type === 'refused') this.trouble.set(news.id, `The browser refused: ${news.reason}`)
    this.#onChange('end')
  }

  /** @param {string} id */
  async #adopt(id) {
    const registration = await this.worker.backgroundFetch.get(id)
    if (!registration || this.running.has(id)) return
    const title = this.titles.get(id) ?? (await readRow(id))?.title ?? id
    this.titles.set(id, title)
    this.#watch(registration)
  }

  /** @param {BackgroundFetchRegistration} registration */
  #watch(registration) {
    this.running.set(registration.id, registration)
    const look = () => {
      if (registration.result === '') return this.#onChange('progress')
      registration.removeEventListener('progress', look)
      this.running.delete(registration.id)
      const { result, failureReason } = registration
      if (result === 'failure') this.trouble.set(registration.id, failureText(failureReason))
      this.#onChange('end')
    }
    registration.addEventListener('progress', look)
    look()
  }
}
