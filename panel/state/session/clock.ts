import { computed, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { knownUntil, past } from './session'

const second = signal(knownUntil())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** When the past session that is drawn was over; undefined while the tab is drawn. */
const end = computed(() => past.value?.events.reduce((last, { at }) => Math.max(last, at), 0))

/**
 * The time up to which it is known what happened, read anew every second while somebody needs it; no timer runs
 * otherwise. In a past session it stands still at its end.
 *
 * @param needed whether this component shows something that changes by itself
 */
export function useClock(needed: boolean): number {
  const over = end.value
  const runs = needed && over === undefined
  useEffect(() => {
    if (!runs) return
    users++
    timer ??= setInterval(() => {
      second.value = knownUntil()
    }, 1000)
    return () => {
      users--
      if (users > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }, [runs])
  if (!needed) return 0
  return over ?? second.value
}
