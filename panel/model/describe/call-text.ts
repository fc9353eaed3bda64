import type { BodyOf } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import { oneLine } from '../format'
import type { Row } from '../session/view'
import { placeText } from './place-text'

/** So many callers are named in a row; the details name all. */
const CALLERS = 2

/** What called the function that made a call: `by onClick ← app.js:12`. */
export function callersText({ method, location, callers }: BodyOf<'page-call'>): string {
  if (!location) return t('details_no_stack')
  const name = location.name ? oneLine(location.name, 60) : t('details_anonymous')
  const others = callers
    .slice(0, CALLERS)
    .map((place) => [place.name && oneLine(place.name, 60), placeText(place)].filter(Boolean).join(' '))
  const all = [name, ...others].join(' ← ')
  return method === 'abort' ? t('row_called_page', all) : t('row_called_from', all)
}

/** Why no fetch came of a call, as far as it is known. */
export function refusedText({ note }: Row, { id, error }: BodyOf<'fetch-refused'>): string {
  const name = oneLine(id, 60)
  const what = error ? t('refused_error', name, oneLine(error, 500)) : t('refused_text', name)
  return [what, note].filter(Boolean).join('; ')
}
