import type { Location } from '../../../protocol/worker-fields'
import { oneLine } from '../format'

/** Lines that are longer than this, in characters, were made by a machine: only the column distinguishes places in them. */
const LONG_LINE = 200

const fileOf = (url: string) =>
  url
    .replace(/[?#].*$/, '')
    .split('/')
    .pop() || url

/** A place of a script where there is little room: `sw.js:12`, or `bundle.js:1:48213` where one line has the whole script. */
export function shortPlaceText({ url, line, column }: Location): string {
  const place = `${oneLine(fileOf(url), 40)}:${line}`
  return column <= LONG_LINE ? place : `${place}:${column}`
}

/** The same in a cell of a table: of a script in one line only the file, as the rest would be cut. */
export const cellPlaceText = (place: Location): string =>
  place.column <= LONG_LINE ? shortPlaceText(place) : oneLine(fileOf(place.url), 40)

/** A place of a script in short: `sw.js:12`, or `onAbort @ bundle.js:1:48213` where one line has the whole script. */
export function placeText(location: Location): string {
  const { column, name } = location
  const place = shortPlaceText(location)
  return name && column > LONG_LINE ? `${oneLine(name, 40)} @ ${place}` : place
}
