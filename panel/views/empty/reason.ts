import { unreachableText } from '../../model/describe'
import type { View } from '../../model/view'
import type { ConnectionState } from '../../state/session'
import { say } from '../../words/words'

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
      title: say('empty_updated'),
      text: say('empty_updated_text'),
    }
  }
  if (view.unreachable) {
    const { reason, url } = view.unreachable
    const title = unreachableText[reason]
    if (reason === 'withheld') {
      return {
        title,
        text: say('empty_withheld_text'),
        action: 'grant',
        url,
      }
    }
    if (reason === 'failed') return { title, text: view.unreachable.detail, action: 'retry' }
    return { title, text: say('empty_unreachable_text') }
  }
  if (live > 0) return null
  const frames = [...view.frames.values()]
  const top = frames.find((frame) => frame.top)
  if (frames.length === 0) return { title: say('empty_looking'), text: '' }
  if (top?.error) return { title: say('empty_refused'), text: top.error, action: 'retry' }
  if (!frames.some((frame) => frame.secure)) {
    return {
      title: say('empty_insecure'),
      text: say('empty_insecure_text'),
    }
  }
  if (!frames.some((frame) => frame.secure && frame.supported)) {
    return {
      title: say('empty_unsupported'),
      text: say('empty_unsupported_text'),
    }
  }
  if (!frames.some((frame) => frame.scopes.length > 0)) {
    return {
      title: say('empty_no_worker'),
      text: say('empty_no_worker_text'),
    }
  }
  if (top?.permission === 'denied') {
    return {
      title: say('empty_denied'),
      text: say('empty_denied_text'),
    }
  }
  // Who has had a fetch knows how to start one.
  const first = view.fetches.length === 0
  return {
    title: say('empty_none'),
    text: first ? say('empty_none_text') : '',
    example: first,
  }
}
