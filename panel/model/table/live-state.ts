import { say } from '../../words/words'
import type { Fetch } from '../view'

const text = {
  queued: say('state_queued'),
  unobserved: say('state_unobserved'),
  downloading: say('state_downloading'),
  uploading: say('state_uploading'),
}

/** What a fetch that may still run does, in a word. */
export function stateText({ state, attributes }: Fetch): string {
  if (state === 'queued' || state === 'unobserved') return text[state]
  return attributes.downloaded === 0 && attributes.uploaded > 0 ? text.uploading : text.downloading
}
