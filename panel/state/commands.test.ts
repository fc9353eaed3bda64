import { expect, test } from 'vitest'
import type { BackgroundForPanel } from '../../protocol/commands'
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
