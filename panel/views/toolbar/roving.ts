import { useLayoutEffect, useRef } from 'preact/hooks'

/** The controls of a toolbar that can be used now. */
const controlsOf = (bar: HTMLElement | null) =>
  bar
    ? [...bar.querySelectorAll<HTMLElement>('button, input, select')].filter(
        (it) => !it.matches(':disabled, [hidden], dialog *, [popover] *'),
      )
    : []

/**
 * Makes a toolbar one stop for Tab: Left, Right, Home and End go from control to control.
 * https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
 */
export function useRoving() {
  const bar = useRef<HTMLDivElement>(null)
  const last = useRef<EventTarget | null>(null)

  const settle = () => {
    const controls = controlsOf(bar.current)
    const stop = controls.find((control) => control === last.current) ?? controls[0]
    for (const control of controls) control.tabIndex = control === stop ? 0 : -1
  }
  useLayoutEffect(settle)

  return {
    ref: bar,
    onFocusIn({ target }: FocusEvent) {
      last.current = target
      settle()
    },
    onKeyDown(event: KeyboardEvent) {
      const controls = controlsOf(bar.current)
      if (!(event.target instanceof HTMLElement)) return
      const at = controls.indexOf(event.target)
      if (at === -1) return
      const to = {
        ArrowRight: (at + 1) % controls.length,
        ArrowLeft: (at - 1 + controls.length) % controls.length,
        Home: 0,
        End: controls.length - 1,
      }[event.key]
      if (to === undefined) return
      controls[to]?.focus()
      event.preventDefault()
    },
  }
}
