/** What a set of samples is described by. */
export interface Summary {
  readonly n: number
  readonly median: number
  readonly p95: number
  readonly max: number
}

/** The value that a share of the samples does not exceed, by nearest rank. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Sums samples up; what is not a number was not seen and does not count. */
export function summarize(samples: readonly number[]): Summary {
  const seen = samples.filter(Number.isFinite)
  return { n: seen.length, median: quantile(seen, 0.5), p95: quantile(seen, 0.95), max: quantile(seen, 1) }
}
