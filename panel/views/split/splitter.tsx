import type { Signal } from '@preact/signals'
import styles from './splitter.module.css'

const MIN = 120
const STEP = 16

interface Props {
  /** Size in CSS pixels of the pane that follows the splitter. */
  readonly size: Signal<number>
  readonly axis: 'x' | 'y'
  readonly label: string
}

/** A bar that resizes the pane after it, by pointer and by arrow keys. */
export function Splitter({ size, axis, label }: Props) {
  const limit = () => Math.max(MIN, (axis === 'x' ? innerWidth : innerHeight) - 2 * MIN)
  const set = (value: number) => {
    size.value = Math.round(Math.max(MIN, Math.min(limit(), value)))
  }
  const onPointerDown = (event: PointerEvent) => {
    const bar = event.currentTarget as HTMLElement
    bar.setPointerCapture(event.pointerId)
    const at = (e: PointerEvent) => (axis === 'x' ? e.clientX : e.clientY)
    const start = at(event)
    const before = size.value
    const move = (e: PointerEvent) => set(before - (at(e) - start))
    bar.addEventListener('pointermove', move)
    bar.addEventListener('lostpointercapture', () => bar.removeEventListener('pointermove', move), {
      once: true,
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const [grow, shrink] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    if (event.key === grow) set(size.value + STEP)
    else if (event.key === shrink) set(size.value - STEP)
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
      aria-valuenow={size.value}
      aria-valuemin={MIN}
      aria-valuemax={limit()}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  )
}
