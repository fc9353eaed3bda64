/** Two things that are one and the same for the comparison, or one of them alone. */
export type Joined<T> =
  | { readonly a: T; readonly b: T }
  | { readonly a: T; readonly b: null }
  | { readonly a: null; readonly b: T }

/**
 * Joins what two fetches have. Each thing has names, the most exact first, as many as all others: what has one name in both is
 * joined by the first, what is left by the second, and so on. Of several with one name the first are joined in their order.
 */
export function join<T>(
  inA: readonly T[],
  inB: readonly T[],
  namesOf: (one: T, side: 'a' | 'b') => readonly string[],
): readonly Joined<T>[] {
  const named = (all: readonly T[], side: 'a' | 'b') => all.map((one) => ({ one, names: namesOf(one, side) }))
  const [a, b] = [named(inA, 'a'), named(inB, 'b')]
  const partners = new Map<T, T>()
  const taken = new Set<T>()
  const passes = Math.max(0, ...[...a, ...b].map(({ names }) => names.length))
  for (let pass = 0; pass < passes; pass++) {
    const free = new Map<string, T[]>()
    for (const { one, names } of b) {
      const name = names[pass]
      if (taken.has(one) || name === undefined) continue
      const some = free.get(name)
      if (some) some.push(one)
      else free.set(name, [one])
    }
    for (const { one, names } of a) {
      const name = names[pass]
      const partner = partners.has(one) || name === undefined ? undefined : free.get(name)?.shift()
      if (!partner) continue
      partners.set(one, partner)
      taken.add(partner)
    }
  }
  const joined = inA.map((one): Joined<T> => {
    const partner = partners.get(one)
    return partner ? { a: one, b: partner } : { a: one, b: null }
  })
  return [...joined, ...inB.filter((one) => !taken.has(one)).map((b): Joined<T> => ({ a: null, b }))]
}
