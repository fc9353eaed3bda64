import { signal } from '@preact/signals'
import { browser } from '../../wire/browser'

const permission = { permissions: ['webRequest' as const] }

/** Whether the extension may observe the requests of background fetches. */
export const observesRequests = signal(false)

/**
 * The permission was given since this panel was opened. Where no other extension observes
 * requests, Chromium reports nothing until it is restarted.
 */
export const grantedHere = signal(false)

async function read(): Promise<void> {
  observesRequests.value = await browser.permissions.contains(permission).catch(() => false)
}

/** Follows whether the permission is there: it may be given and taken back also in another panel and in the browser's settings. */
export function watchRequestPermission(): void {
  browser.permissions.onAdded.addListener(({ permissions }) => {
    if (permissions?.includes('webRequest')) grantedHere.value = true
    void read()
  })
  browser.permissions.onRemoved.addListener(read)
  void read()
}

/** Asks the person for the permission; resolves with whether it is there then. Call it in a click. */
export async function askToObserveRequests(): Promise<boolean> {
  const given = await browser.permissions.request(permission).catch(() => false)
  await read()
  return given
}

/** Gives the permission back: nothing is observed from then on. */
export async function stopObservingRequests(): Promise<void> {
  await browser.permissions.remove(permission).catch(() => false)
  await read()
}
