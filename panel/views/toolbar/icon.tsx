const paths = {
  clear: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM5.2 6.3l8.5 8.5M10 3',
  copy: 'M7.5 7.5h8v9h-8zM5 13H4.5V3.5h8V5',
  more: 'M10 4.2v1.6M10 9.2v1.6M10 14.2v1.6',
  record: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM10 8.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z',
  untraced: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM5.8 5.8l8.4 8.4',
  stop: 'M6 6h8v8H6z',
  levels: 'M4 6h12M6.5 10h7M8.8 14h2.4',
  timeline: 'M3 5.5h7M6 10h8M11 14.5h6',
  closer: 'M10 5v10M5 10h10',
  further: 'M5 10h10',
  pause: 'M7.5 5v10M12.5 5v10',
  resume: 'M7 5l8 5-8 5z',
} as const

/** A 20 px line icon in the weight of DevTools' own. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="1.5" />
    </svg>
  )
}
