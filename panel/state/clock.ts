import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { now } from '../../wire/clock'

const second = signal(now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/**
 * The time, read anew every second while somebody needs it; no timer runs otherwise.
 *
 * @param needed whether this component shows something that changes by itself
 */
export function useClock(needed: boolean): number {
  useEffect(() => {
    if (!needed) return
    users++
    timer ??= setInterval(() => {
      second.value = now()
    }, 1000)
    return () => {
      users--
      if (users > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }, [needed])
  return needed ? second.value : 0
}
