import { useRef } from 'preact/hooks'
import { query } from '../../state/filter'
import { model } from '../../state/session'

/** How many rows came since the reader left the end of the list. */
export function useFresh(count: number, atEnd: boolean): number {
  const left = useRef({ count, query: '', model })
  const { query: asked, model: of } = left.current
  const other = asked !== query.value || of !== model || count < left.current.count
  if (atEnd || other) left.current = { count, query: query.value, model }
  return count - left.current.count
}
