import { expect, test } from 'vitest'
import { createOutbox } from './outbox'

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/** A small seedable generator of numbers in [0, 1). */
const randomOf = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}

test('whatever the connection does, the other side gets every report once and in order', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = randomOf(seed)
    const got: string[] = []
    const waiting: (() => void)[] = []
    let mark = 0
    let line: object | undefined = {}
    const outbox = createOutbox<string>(
      (batch) => {
        const mine = line
        if (!mine) return undefined
        return new Promise((resolve, reject) => {
          waiting.push(() => {
            if (mine !== line) return reject(new Error('closed'))
            for (const report of batch) {
              if (report.seq <= mark) continue
              expect(report.seq).toBe(mark + 1)
              mark = report.seq
              got.push(report.body)
            }
            // The answer may be lost although the report arrived.
            if (random() < 0.2) return reject(new Error('closed'))
            resolve(mark)
          })
        })
      },
      1000,
      (count) => `lost ${count}`,
    )
    const reconnect = async () => {
      line = {}
      outbox.resend()
      await settle()
      while (waiting.length > 0) waiting.shift()?.()
      await settle()
    }
    const put: string[] = []
    for (let i = 0; i < 40; i++) {
      const dice = random()
      if (dice < 0.5) {
        put.push(`${i}`)
        outbox.put(`${i}`)
      } else if (dice < 0.6) line = undefined
      else if (dice < 0.75) await reconnect()
      else waiting.shift()?.()
      if (random() < 0.5) await Promise.resolve()
    }
    for (let i = 0; i < 50 && (outbox.waiting > 0 || got.length < put.length); i++) await reconnect()
    expect(got, `seed ${seed}`).toEqual(put)
    expect(outbox.waiting, `seed ${seed}`).toBe(0)
  }
})
