/** Marks of workers; each is forgotten when so many others came after it. */
const MAX_MARKS = 1000
const marks = new Map<string, string>()

/**
 * The mark by which the probes that several tabs have in one worker know one another. Each worker has its own:
 * two workers have nothing in common by which they could recognise each other.
 *
 * @param targetId the worker's CDP target, which is the same for all tabs
 */
export function markOf(targetId: string): string {
  const known = marks.get(targetId)
  if (known !== undefined) return known
  // An identifier, as a built probe may use it as one.
  const mark = `m${crypto.randomUUID().replaceAll('-', '')}`
  marks.set(targetId, mark)
  const [oldest] = marks.keys()
  if (marks.size > MAX_MARKS && oldest !== undefined) marks.delete(oldest)
  return mark
}
