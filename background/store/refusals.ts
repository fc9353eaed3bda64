/** How many refusals are noted one by one. */
const FIRST = 10

/** 100, 1,000, 10,000 … */
const isPowerOfTen = (count: number) => /^10+$/.test(String(count))

/**
 * Notes what was refused, because it is no event, so that a flood of it does not fill the log: the first ones, and
 * after them each tenfold number of them.
 *
 * @param note writes a row
 */
export function createRefusals<About>(note: (detail: string, about: About) => void) {
  let count = 0
  return (detail: string, about: About): void => {
    count++
    if (count <= FIRST) note(detail, about)
    else if (isPowerOfTen(count)) note(`${detail}; ${count} in all`, about)
  }
}
