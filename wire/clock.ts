/** Now, in epoch milliseconds with fractions: the one clock that all contexts of a browser share. */
export const now = (): number => performance.timeOrigin + performance.now()
