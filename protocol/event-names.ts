/** Events of a background fetch in its service worker. https://wicg.github.io/background-fetch/#extensions-to-service-worker-global-scope */
export const eventNames = [
  'backgroundfetchabort',
  'backgroundfetchsuccess',
  'backgroundfetchfail',
  'backgroundfetchclick',
] as const
export type BackgroundFetchEventName = (typeof eventNames)[number]

/** The events for the end of a fetch, in the order in which they are shown. */
export const endEvents = [
  'backgroundfetchabort',
  'backgroundfetchsuccess',
  'backgroundfetchfail',
] as const satisfies readonly BackgroundFetchEventName[]
export type EndEvent = (typeof endEvents)[number]

const ends: ReadonlySet<string> = new Set(endEvents)
export const isEndEvent = (name: string): name is EndEvent => ends.has(name)

/**
 * The only event that this extension has a worker's handlers run for without the browser's own: the others can be brought about,
 * and their handlers never get a registration that is active.
 */
export const SYNTHETIC_EVENT = 'backgroundfetchclick' satisfies BackgroundFetchEventName
