/** A request in a form that can be sent to the worker. */
export type Wanted = {
  url: string
  /** How many bytes the response has, as far as known. */
  bytes: number
  mode?: 'cors' | 'no-cors'
  /** Send this many bytes in a POST instead of getting something. */
  upload?: number
}

/** All that is needed to start a background fetch. */
export type Plan = {
  id: string
  title: string
  icon: string
  requests: Wanted[]
  downloadTotal: number
  /** The ids of the episodes that are complete when this fetch succeeds. */
  episodes: string[]
}

/** A row of the IndexedDB store `downloads`. */
export type Row = {
  id: string
  title: string
  state: 'downloading' | 'done' | 'aborted'
  episodes: string[]
}

/** What the worker sends its pages. */
export type News =
  | { type: 'started'; id: string }
  | { type: 'refused'; id: string; reason: string }
  | { type: 'settled'; id: string }

/** Something one can download: an episode or a book. */
export type Item = {
  id: string
  title: string
  show: string
  blurb: string
  minutes: number
  parts: { bytes: number; crossOrigin?: boolean; redirect?: boolean }[]
}
