const paths = {
  clear: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM5.2 6.3l8.5 8.5M10 3',
  kept: 'M3.5 4.5h13v3.5h-13zM4.5 8v7.5h11V8M8 11h4',
  copy: 'M7.5 7.5h8v9h-8zM5 13H4.5V3.5h8V5',
  export: 'M10 3.5v8.5M6.5 9l3.5 3.5L13.5 9M4 13v3.2h12V13',
  import: 'M10 12.5V4M6.5 7.5 10 4l3.5 3.5M4 13v3.2h12V13',
  stop: 'M6 6h8v8H6z',
  lanes: 'M3 5.5h7M6 10h8M11 14.5h6',
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
