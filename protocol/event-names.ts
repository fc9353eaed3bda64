/** Events of a background fetch in its service worker. https://wicg.github.io/background-fetch/#extensions-to-service-worker-global-scope */
export const eventNames = [
  'backgroundfetchabort',
  'backgroundfetchsuccess',
  'backgroundfetchfail',
  'backgroundfetchclick',
] as const
export type BackgroundFetchEventName = (typeof eventNames)[number]
