import { useRef } from 'preact/hooks'
import { query } from '../../state/log/filter'
import { model } from '../../state/session/session'
import { settings } from '../../state/settings'

/** How many rows came since the reader left the end of the list. */
export function useFresh(count: number, atEnd: boolean): number {
  const levels = settings.levels.value
  const left = useRef({ count, query: '', levels, model: model() })
  const { query: asked, levels: chosen, model: of } = left.current
  const other = asked !== query.value || chosen !== levels || of !== model() || count < left.current.count
  if (atEnd || other) left.current = { count, query: query.value, levels, model: model() }
  return count - left.current.count
}
