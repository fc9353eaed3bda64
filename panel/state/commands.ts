import type { BackgroundForPanel } from '../../protocol/commands'

/** Something the background is asked to do; resolves when it is done or safe. Doing it twice is doing it once. */
export type Command = (background: BackgroundForPanel) => unknown

export interface Commands {
  /** Asks now, or as soon as there is somebody to ask. */
  give(command: Command): void
  /** There is a background again: what the last one did not confirm is asked once more. */
  connected(background: BackgroundForPanel): void
  disconnected(): void
}

/** What a person asked for is not forgotten because the background was stopped at that moment. */
export function createCommands(): Commands {
  const open = new Set<Command>()
  let background: BackgroundForPanel | undefined

  const ask = async (command: Command, asked: BackgroundForPanel) => {
    try {
      await command(asked)
    } catch {
      // Stopped before it could answer: the next one is asked. Otherwise it refused, and would again.
      if (asked !== background) return
    }
    open.delete(command)
  }

  return {
    give(command) {
      open.add(command)
      if (background) void ask(command, background)
    },
    connected(to) {
      background = to
      for (const command of open) void ask(command, to)
    },
    disconnected() {
      background = undefined
    },
  }
}
