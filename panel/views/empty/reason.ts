import { unreachableText } from '../../model/describe'
import type { View } from '../../model/view'
import type { ConnectionState } from '../../state/session'

/** Why there is nothing to see, and what to do about it. */
export interface Reason {
  readonly title: string
  readonly text: string
  readonly action?: 'grant' | 'retry'
  /** The page to grant access to. */
  readonly url?: string
  readonly example?: boolean
}

/** The one reason that matters most, or null when there is something to see. */
export function emptyReason(view: View, connection: ConnectionState, live: number): Reason | null {
  if (connection === 'gone') {
    return {
      title: 'The extension was updated or removed',
      text: 'Close DevTools and open it again to go on. What is shown here stays until then.',
    }
  }
  if (view.unreachable) {
    const { reason, url } = view.unreachable
    const title = unreachableText[reason]
    if (reason === 'withheld') {
      return {
        title,
        text: 'The panel has to look into the page to find its background fetches. Nothing leaves this machine.',
        action: 'grant',
        url,
      }
    }
    if (reason === 'failed') return { title, text: view.unreachable.detail, action: 'retry' }
    return { title, text: 'Open a page of a site that uses background fetches and look here again.' }
  }
  if (live > 0) return null
  const frames = [...view.frames.values()]
  const top = frames.find((frame) => frame.top)
  if (frames.length === 0) return { title: 'Looking for background fetches…', text: '' }
  if (top?.error) return { title: 'The page refuses to tell', text: top.error, action: 'retry' }
  if (!frames.some((frame) => frame.secure)) {
    return {
      title: 'Not a secure context',
      text: 'Service workers, and so background fetches, need https: or localhost.',
    }
  }
  if (!frames.some((frame) => frame.secure && frame.supported)) {
    return {
      title: 'Background Fetch is not supported here',
      text: 'This browser, or a policy of this page, has no BackgroundFetchManager.',
    }
  }
  if (!frames.some((frame) => frame.scopes.length > 0)) {
    return {
      title: 'No service worker is registered',
      text: 'A background fetch belongs to a service worker. Once the page registers one, its fetches appear here.',
    }
  }
  if (top?.permission === 'denied') {
    return {
      title: 'Background fetch is blocked for this site',
      text: 'The permission background-fetch is denied: fetch() rejects. Allow “Automatic downloads” for the site in the browser’s settings.',
    }
  }
  return {
    title: 'No active background fetch',
    text: 'Start one in the page: it appears here within a quarter of a second, and can be aborted at the moment you choose.',
    example: view.fetches.length === 0,
  }
}
