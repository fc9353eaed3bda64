/** Events of a background fetch in its service worker. https://wicg.github.io/background-fetch/#extensions-to-service-worker-global-scope */
export const eventNames = [
  'backgroundfetchabort',
  'backgroundfetchsuccess',
  'backgroundfetchfail',
  'backgroundfetchclick',
] as const
export type BackgroundFetchEventName = (typeof eventNames)[number]

/**
 * The only event that this extension has a worker's handlers run for without the browser's own: the others can be brought about,
 * and their handlers never get a registration that is active.
 */
export const SYNTHETIC_EVENT = 'backgroundfetchclick' satisfies BackgroundFetchEventName
