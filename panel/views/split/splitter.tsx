import type { Signal } from '@preact/signals'
import styles from './splitter.module.css'

const MIN = 120
const STEP = 16

interface Props {
  /** Size in CSS pixels of the pane that follows the splitter, or of the one before it. */
  readonly size: Signal<number>
  readonly of?: 'after' | 'before'
  readonly axis: 'x' | 'y'
  readonly label: string
}

/** A bar that resizes the pane beside it, by pointer, arrow keys, Home and End. */
export function Splitter({ size, of = 'after', axis, label }: Props) {
  const limit = () => Math.max(MIN, (axis === 'x' ? innerWidth : innerHeight) - 2 * MIN)
  const sign = of === 'before' ? 1 : -1
  const set = (value: number) => {
    size.value = Math.round(Math.max(MIN, Math.min(limit(), value)))
  }
  /** How large the pane is: where there is little room it is smaller than it was made. */
  const present = (bar: HTMLElement) => {
    const pane = of === 'before' ? bar.previousElementSibling : bar.nextElementSibling
    const { width = size.value, height = size.value } = pane?.getBoundingClientRect() ?? {}
    return axis === 'x' ? width : height
  }
  const onPointerDown = (event: PointerEvent) => {
    const bar = event.currentTarget as HTMLElement
    bar.setPointerCapture(event.pointerId)
    const at = (e: PointerEvent) => (axis === 'x' ? e.clientX : e.clientY)
    const start = at(event)
    const before = present(bar)
    const move = (e: PointerEvent) => set(before + (at(e) - start) * sign)
    bar.addEventListener('pointermove', move)
    bar.addEventListener('lostpointercapture', () => bar.removeEventListener('pointermove', move), {
      once: true,
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const [back, forth] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    const now = present(event.currentTarget as HTMLElement)
    if (event.key === back) set(now - STEP * sign)
    else if (event.key === forth) set(now + STEP * sign)
    else if (event.key === 'Home') set(MIN)
    else if (event.key === 'End') set(limit())
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget, <hr> is not
    <div
      class={axis === 'x' ? styles.vertical : styles.horizontal}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.max(MIN, Math.min(limit(), size.value))}
      aria-valuemin={MIN}
      aria-valuemax={limit()}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  )
}
