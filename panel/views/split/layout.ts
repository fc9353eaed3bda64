import { useEffect, useState } from 'preact/hooks'

/** `columns`: short and wide, all side by side. `beside`: details on the right. `stack`: one under the other. */
export type Layout = 'columns' | 'beside' | 'stack'

const measure = (): Layout => {
  if (innerWidth < 620) return 'stack'
  return innerWidth >= 900 && innerHeight < 420 ? 'columns' : 'beside'
}

/** How the panes stand, by the size of the panel. */
export function useLayout(): Layout {
  const [layout, setLayout] = useState(measure)
  useEffect(() => {
    const update = () => setLayout(measure())
    addEventListener('resize', update)
    return () => removeEventListener('resize', update)
  }, [])
  return layout
}
