import { expect, test } from 'vitest'
import type { BackgroundForPanel } from '../../../protocol/commands'
import { type Command, type Commands, createCommands } from './commands'

/** A background that the test stops, or lets answer. */
function worker() {
  const asked: string[] = []
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = []
  const clear = () => {
    asked.push('clear')
    return new Promise<void>((resolve, reject) => answers.push({ resolve, reject }))
  }
  return { asked, answers, it: { clear } as unknown as BackgroundForPanel }
}

const clear: Command = (background) => background.clear('name')
/** Gives the command; tests look at what was asked. */
const given = (commands: Commands) => void commands.give(clear).catch(() => {})
const settle = () => new Promise((resolve) => setTimeout(resolve))

test('a command goes to the background that is there, once', async () => {
  const commands = createCommands()
  const one = worker()
  commands.connected(one.it)
  given(commands)
  one.answers[0]?.resolve()
  await settle()
  commands.disconnected()
  const two = worker()
  commands.connected(two.it)
  expect([one.asked, two.asked]).toEqual([['clear'], []])
})

test('a command that is given while there is none goes to the next', () => {
  const commands = createCommands()
  given(commands)
  const one = worker()
  commands.connected(one.it)
  expect(one.asked).toEqual(['clear'])
})

test.each(['reject', 'stay silent'] as const)(
  'a command whose background was stopped goes to the next (%s)',
  async (how) => {
    const commands = createCommands()
    const one = worker()
    commands.connected(one.it)
    given(commands)
    commands.disconnected()
    if (how === 'reject') one.answers[0]?.reject(new Error('The connection is closed.'))
    await settle()
    const two = worker()
    commands.connected(two.it)
    expect(two.asked).toEqual(['clear'])
  },
)

test('a command that was refused is not given again', async () => {
  const commands = createCommands()
  const one = worker()
  commands.connected(one.it)
  given(commands)
  one.answers[0]?.reject(new Error('no'))
  await settle()
  commands.disconnected()
  const two = worker()
  commands.connected(two.it)
  expect(two.asked).toEqual([])
})

test('an answer comes back, also from the next background', async () => {
  const commands = createCommands()
  const answer = commands.give(async (background) => {
    await background.clear('name')
    return 'answer'
  })
  const one = worker()
  commands.connected(one.it)
  commands.disconnected()
  one.answers[0]?.reject(new Error('The connection is closed.'))
  const two = worker()
  commands.connected(two.it)
  two.answers[0]?.resolve()
  expect(await answer).toBe('answer')
})

test('who refuses is quoted, and when there is no extension any more nobody waits', async () => {
  const commands = createCommands()
  const one = worker()
  commands.connected(one.it)
  const refused = commands.give(clear)
  one.answers[0]?.reject(new Error('no'))
  await expect(refused).rejects.toThrow('no')
  const waiting = commands.give(clear)
  commands.end()
  await expect(waiting).rejects.toThrow(/removed or updated/)
  await expect(commands.give(clear)).rejects.toThrow(/removed or updated/)
})

test('what was given in an order is given again in that order', () => {
  const commands = createCommands()
  const order: string[] = []
  for (const name of ['one', 'two', 'three']) {
    void commands.give(async () => order.push(name)).catch(() => {})
  }
  commands.connected(worker().it)
  expect(order).toEqual(['one', 'two', 'three'])
})
