/** How near to its end, in pixels, a list counts as being at its end. */
const NEAR = 8

/** Where a list is scrolled to, in CSS pixels. */
type Scrolled = Pick<Element, 'scrollTop' | 'scrollHeight' | 'clientHeight'>

/** Nothing of the list is below what is in view. */
export const isNearEnd = ({ scrollTop, scrollHeight, clientHeight }: Scrolled): boolean =>
  scrollHeight - scrollTop - clientHeight < NEAR

/**
 * Whether a reader follows the end of a list. Only who goes up leaves it: a list that became longer, or a pane
 * that became lower, takes nobody away from it.
 *
 * @param was whether the reader followed the end before
 * @param before where the list was scrolled to then
 */
export const followsEnd = (list: Scrolled, was: boolean, before: number): boolean =>
  isNearEnd(list) || (was && list.scrollTop >= before)
