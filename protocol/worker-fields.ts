import * as v from 'valibot'
import { Count, Ordinal } from './numbers'

/** The longest text that is taken from a worker in one place. */
export const MAX_WORKER_TEXT = 4000
export const text = v.pipe(v.string(), v.maxLength(MAX_WORKER_TEXT))
/** Of a fetch, or a scope. */
export const id = v.pipe(v.string(), v.maxLength(16_384))
/** Names one run of one service worker: a worker that starts again is another one. */
export const worker = v.pipe(v.string(), v.maxLength(200))
/** Counts the events of a run that the probe saw; from 1. */
export const event = Ordinal

/** A place in a script; line and column count from 1. `name` is of the function that it is in, where that is known. */
export const Location = v.object({ url: text, line: Count, column: Count, name: v.optional(text) })
export type Location = v.InferOutput<typeof Location>

/** What was thrown or rejected with, in words, and where. */
export const Thrown = v.object({ message: text, stack: text })
export type Thrown = v.InferOutput<typeof Thrown>

/** https://w3c.github.io/ServiceWorker/#serviceworker-state */
export const state = v.picklist(['parsed', 'installing', 'installed', 'activating', 'activated', 'redundant'])
