import { useLayoutEffect, useState } from 'preact/hooks'
import { tableRoom } from '../../state/columns'
import { ROW, type Window } from './drawn-rows'

/** Rows that are drawn above and below what is in view. */
const MORE = 6

/**
 * Follows which rows of a scrolled box are in view, and how wide it is.
 *
 * @param box the element that scrolls; its rows follow a head of the height of one row
 */
export function useWindow(box: { readonly current: HTMLElement | null }): Window {
  const [window, setWindow] = useState<Window>({ start: 0, end: 40 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const start = Math.max(0, Math.floor(element.scrollTop / ROW) - MORE)
      const end = Math.ceil((element.scrollTop + element.clientHeight) / ROW) + MORE
      setWindow((before) => (before.start === start && before.end === end ? before : { start, end }))
      tableRoom.value = element.clientWidth
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  return window
}
