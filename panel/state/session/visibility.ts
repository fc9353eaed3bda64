/** Calls back whenever the panel begins or ceases to be visible: DevTools may show another tab of its own, or be hidden itself. */
export function onVisibility(changed: (visible: boolean) => void): void {
  let visible = true
  let front = true
  const update = () => {
    const now = front && document.visibilityState === 'visible'
    if (now === visible) return
    visible = now
    changed(now)
  }
  addEventListener('panelshown', () => {
    front = true
    update()
  })
  addEventListener('panelhidden', () => {
    front = false
    update()
  })
  document.addEventListener('visibilitychange', update)
}
