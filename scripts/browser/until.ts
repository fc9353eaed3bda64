import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Asks until there is an answer.
 *
 * @param what is expected, in words, for the error
 * @param ask answers undefined, null or false for "not yet"
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false>,
  timeout = 30_000,
): Promise<T> {
  for (const end = Date.now() + timeout; ; ) {
    const answer = await ask()
    if (answer !== undefined && answer !== null && answer !== false) return answer
    if (Date.now() > end) throw new Error(`Expected within ${timeout / 1000} s: ${what}.`)
    await sleep(50)
  }
}
