import type { Fetch, Row } from '../session/view'

/** The head of a fetch's rows, or of those of no fetch. */
export interface Heading {
  readonly key: string
  readonly fetch: Fetch | null
  readonly count: number
  readonly open: boolean
}

/** What stands in one line of the log. */
export type Entry = Row | Heading

export const isHeading = (entry: Entry): entry is Heading => !('event' in entry)

/** Names the group that a row belongs to. */
export const groupOf = ({ fetch }: Pick<Row, 'fetch'>): string => `group ${fetch?.key ?? ''}`

/** The rows of each fetch under a head of their own, in the order in which the groups began. */
export function group(rows: readonly Row[], closed: ReadonlySet<string>): Entry[] {
  const groups = new Map<Fetch | null, Row[]>()
  for (const row of rows) {
    const known = groups.get(row.fetch)
    if (known) known.push(row)
    else groups.set(row.fetch, [row])
  }
  const entries: Entry[] = []
  for (const [fetch, members] of groups) {
    const key = groupOf({ fetch })
    const open = !closed.has(key)
    entries.push({ key, fetch, count: members.length, open })
    if (open) for (const row of members) entries.push(row)
  }
  return entries
}
