/** Of the sites of this process, whose tests share a browser: what a site has stored and registered there is found by the next one. */
const used = new Set<number>()

/** Takes a port, unless a site of another test had it. */
export function takePort(port: number): boolean {
  if (used.has(port)) return false
  used.add(port)
  return true
}
