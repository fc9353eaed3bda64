import { signal } from '@preact/signals'
import type { BackgroundFetchEventName } from '../../protocol/event-names'

/** Events at whose handlers traced workers pause in the debugger, for as long as this panel is there. */
export const pauseOn = signal<readonly BackgroundFetchEventName[]>([])

/** The same with an event more, or without it. */
export const toggled = (
  names: readonly BackgroundFetchEventName[],
  name: BackgroundFetchEventName,
): readonly BackgroundFetchEventName[] =>
  names.includes(name) ? names.filter((one) => one !== name) : [...names, name]
