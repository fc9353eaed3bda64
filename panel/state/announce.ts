import { signal } from '@preact/signals'

/** What is said to who does not see it. */
export const announcement = signal('')

/** Says something politely: when nothing else is being said. */
export function announce(text: string): void {
  // The same words once more are heard only if they are not the same text.
  announcement.value = text === announcement.peek() ? `${text}\u00a0` : text
}
